package dev.oriel.signaling.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"dj0wDQo=", "dj0wDQo", "dj0w\r\nDQo=\r\n", "dj0wDQo=\n", "\ndj0wDQo=="})
    void decode_writtenInAnyOfTheWays_isTheSameText(String encoded) {
        assertEquals("v=0\r\n", Base64Text.decode(encoded));
    }

    @Test
    void decode_blanksWherePlusSignsWere_areUnderstood() {
        assertEquals("~>~>", Base64Text.decode("fj5+Pg=="));
        assertEquals("~>~>", Base64Text.decode("fj5 Pg"));
        assertEquals("û", Base64Text.decode("w7s="));
    }

    @ParameterizedTest
    @CsvSource({"bad!,3", "dj0wDQo-,7", "dj=wDQo=,2", "dj0wD,5", "a,1"})
    void decode_otherCharacters_areRefusedInTheWordsOfTheOriginal(String encoded, int offset) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Base64Text.decode(encoded));

        assertEquals("illegal base64 data at input byte " + offset, refusal.getMessage());
    }

    @Test
    void encode_anyText_isPaddedOnOneLine() {
        assertEquals("dj0wDQo=", Base64Text.encode("v=0\r\n"));
        assertEquals("a".repeat(3000), Base64Text.decode(Base64Text.encode("a".repeat(3000))));
        assertEquals(4000, Base64Text.encode("a".repeat(3000)).length());
    }
}
