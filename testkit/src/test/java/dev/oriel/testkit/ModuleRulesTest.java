package dev.oriel.testkit;

import dev.oriel.testkit.rules.ModuleRules;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The testkit knows the api. */
final class ModuleRulesTest {

    @TestFactory
    List<DynamicTest> structure() {
        return ModuleRules.of("dev.oriel.testkit", "dev.oriel.api..");
    }
}
