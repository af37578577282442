package dev.oriel.itest.watcher;

import dev.oriel.testkit.rules.ModuleRules;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ModuleRulesTest {

    @TestFactory
    List<DynamicTest> module_keepsTheRules() {
        return ModuleRules.of("dev.oriel.itest.watcher", "dev.oriel.api..");
    }
}
