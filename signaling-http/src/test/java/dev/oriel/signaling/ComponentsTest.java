package dev.oriel.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The descriptions that the build makes of components, against what the component runtime makes of them. */
class ComponentsTest {

    private static final Pattern CLASS = Pattern.compile("<implementation class=\"([^\"]+)\"");
    private static final Pattern INIT = Pattern.compile(" init=\"(\\d+)\"");

    /** The runtime counts parameters before it compares them, and of two fitting constructors takes any. */
    @TestFactory
    Stream<DynamicTest> component_hasOnePublicConstructorOfItsArity() throws IOException {
        List<Path> descriptions;
        try (Stream<Path> files = Files.list(Path.of("target/classes/OSGI-INF"))) {
            descriptions =
                    files.filter(file -> file.toString().endsWith(".xml")).toList();
        }
        assertTrue(descriptions.size() >= 10, "components are described");
        return descriptions.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String xml = read(file);
                    Matcher init = INIT.matcher(xml);
                    int arity = init.find() ? Integer.parseInt(init.group(1)) : 0;
                    Matcher type = CLASS.matcher(xml);
                    assertTrue(type.find());
                    long fitting = Stream.of(Class.forName(type.group(1)).getConstructors())
                            .map(Constructor::getParameterCount)
                            .filter(count -> count == arity)
                            .count();
                    assertEquals(1, fitting, xml);
                }));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
