package dev.oriel.protocol;

import dev.oriel.testkit.rules.ModuleRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ModuleRulesTest {

    @TestFactory
    Stream<DynamicTest> module_keepsTheRules() {
        List<DynamicTest> rules = ModuleRules.of("dev.oriel.protocol", "dev.oriel.api..");
        return Stream.concat(rules.stream(), Stream.of(ModuleRules.sansIo("dev.oriel.protocol")));
    }
}
