package dev.oriel.testkit.viewer.light;

import dev.oriel.testkit.rules.ModuleRules;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Light viewers know the protocols, and what viewers of the testkit have in common. */
final class ModuleRulesTest {

    @TestFactory
    List<DynamicTest> structure() {
        return ModuleRules.of(
                "dev.oriel.testkit.viewer.light",
                "dev.oriel.api..",
                "dev.oriel.protocol..",
                "dev.oriel.testkit.viewer");
    }
}
