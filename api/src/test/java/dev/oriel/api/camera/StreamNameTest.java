package dev.oriel.api.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "camera.garden", "Y7L7SZDOZXHIYFHESPL7YPKXHI======", "front-door_1~2%20"})
    void name_ofAllowedCharacters_isTaken(String text) {
        assertTrue(StreamName.isValid(text));
        assertEquals(text, new StreamName(text).toString());
    }

    static Stream<String> unusable() {
        return Stream.of("", "a b", "a/b", "gärten", "a\n", "<a>", "a?b", "a:b", "x".repeat(129));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void name_ofOthers_isRefusedWithoutRepeatingIt(String text) {
        assertFalse(StreamName.isValid(text));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new StreamName(text));
        assertTrue(text.length() < 3 || !String.valueOf(refused.getMessage()).contains(text));
    }

    @Test
    void name_ofGreatestLength_isTaken() {
        assertEquals(128, new StreamName("x".repeat(128)).value().length());
    }

    @Test
    void names_sortAndCompareAsWritten() {
        List<StreamName> sorted =
                Stream.of("b", "a", "B").map(StreamName::new).sorted().toList();

        assertEquals(List.of(new StreamName("B"), new StreamName("a"), new StreamName("b")), sorted);
    }
}
