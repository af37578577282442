package dev.oriel.testkit.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import java.util.List;

/** A class of this project that a module has no business with. */
final class ForeignProjectClass extends DescribedPredicate<JavaClass> {

    private final String rootPackage;
    private final List<String> allowed;

    ForeignProjectClass(String rootPackage, List<String> allowed) {
        super("belong to another module than " + rootPackage + " and " + allowed);
        this.rootPackage = rootPackage;
        this.allowed = allowed;
    }

    @Override
    public boolean test(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("dev.oriel.") || name.equals(rootPackage) || name.startsWith(rootPackage + ".")) {
            return false;
        }
        return allowed.stream().noneMatch(pattern -> PackageMatcher.of(pattern).matches(name));
    }
}
