package dev.oriel.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** The structure every module keeps to: who may know whom, how wide, and under what names. */
public final class ModuleRules {

    private static final int MAX_PACKAGE_TYPES = 20;
    private static final int MAX_INTERFACE_METHODS = 6;

    private ModuleRules() {}

    /**
     * One test per rule for a module's classes.
     *
     * @param rootPackage the module's own package, e.g. {@code dev.oriel.core}
     * @param allowed the packages of this project it may use besides its own, e.g. {@code dev.oriel.api..}
     */
    public static List<DynamicTest> of(String rootPackage, String... allowed) {
        JavaClasses module = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(rootPackage);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest(
                "meets other modules only through what it may know",
                () -> noClasses()
                        .should()
                        .dependOnClassesThat(new ForeignProjectClass(rootPackage, List.of(allowed)))
                        .check(module)));
        tests.add(DynamicTest.dynamicTest(
                "has no package cycles",
                () -> slices().matching(rootPackage + ".(**)")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .check(module)));
        tests.add(DynamicTest.dynamicTest(
                "names things for what they are",
                () -> noClasses()
                        .should()
                        .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Misc|Common)")
                        .check(module)));
        tests.add(DynamicTest.dynamicTest(
                "keeps public interfaces narrow",
                () -> classes()
                        .that()
                        .areInterfaces()
                        .and()
                        .arePublic()
                        .and()
                        .areNotAnnotations()
                        .should(haveFewMethods())
                        .allowEmptyShould(true)
                        .check(module)));
        tests.add(DynamicTest.dynamicTest("keeps packages small", () -> packagesStaySmall(module)));
        return tests;
    }

    /** One test more for a module of protocol code: it is told the time and the bytes, and asks for neither. */
    public static DynamicTest sansIo(String rootPackage) {
        JavaClasses module = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(rootPackage);
        return DynamicTest.dynamicTest(
                "is told the time and the bytes",
                () -> noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.nio.channels..",
                                "java.util.concurrent..",
                                "java.nio.file..",
                                "org.slf4j..",
                                "org.osgi.service..",
                                "org.osgi.framework..",
                                "io.netty..")
                        .orShould()
                        .dependOnClassesThat()
                        .haveNameMatching("java\\.net\\.(?!Inet|Unknown|URI).*|java\\.lang\\.Thread|java\\.io\\.File.*")
                        .check(module));
    }

    private static void packagesStaySmall(JavaClasses module) {
        List<String> big = new ArrayList<>();
        module.stream().map(JavaClass::getPackage).distinct().forEach((JavaPackage p) -> {
            // Arrays of its types count as classes of a package, too.
            long types = p.getClasses().stream()
                    .filter(type -> type.isTopLevelClass() && !type.isArray())
                    .count();
            if (types > MAX_PACKAGE_TYPES) {
                big.add(p.getName() + " has " + types + " types");
            }
        });
        if (!big.isEmpty()) {
            throw new AssertionError("More than " + MAX_PACKAGE_TYPES + " types in a package: " + big);
        }
    }

    private static ArchCondition<JavaClass> haveFewMethods() {
        return new ArchCondition<>("have at most " + MAX_INTERFACE_METHODS + " abstract methods") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long methods = type.getMethods().stream()
                        .filter(m -> m.getModifiers().contains(JavaModifier.ABSTRACT))
                        .count();
                events.add(new SimpleConditionEvent(
                        type, methods <= MAX_INTERFACE_METHODS, type.getName() + " has " + methods + " methods"));
            }
        };
    }
}
