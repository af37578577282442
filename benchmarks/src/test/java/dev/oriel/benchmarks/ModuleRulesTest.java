package dev.oriel.benchmarks;

import dev.oriel.testkit.rules.ModuleRules;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The whole-server benchmark knows servers by their URLs; of Oriel it knows only what its own camera and viewers are made of. */
final class ModuleRulesTest {

    @TestFactory
    List<DynamicTest> structure() {
        return ModuleRules.of("dev.oriel.benchmarks", "dev.oriel.api..", "dev.oriel.protocol..", "dev.oriel.testkit..");
    }
}
