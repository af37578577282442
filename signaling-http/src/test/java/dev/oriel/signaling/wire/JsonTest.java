package dev.oriel.signaling.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void compact_eachKindOfValue_isOnOneLine() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a\"\\\n\r\t\u0001<&>");
        value.put("list", List.of(1, true, List.of(), Map.of()));
        value.put("nothing", null);

        assertEquals(
                "{\"text\":\"a\\\"\\\\\\n\\r\\t\\u0001\\u003c\\u0026\\u003e\",\"list\":[1,true,[],{}],\"nothing\":null}",
                Json.compact(value));
    }

    @Test
    void indented_nested_hasFourBlanksPerLevel() {
        assertEquals(
                "{\n    \"a\": [\n        1,\n        {}\n    ]\n}", Json.indented(Map.of("a", List.of(1, Map.of()))));
    }

    @Test
    void compact_everyCharacter_isReadAsTheSameByAnotherReader() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0xd800; c++) {
            all.append(c);
        }

        assertEquals(all.toString(), new ObjectMapper().readValue(Json.compact(all.toString()), String.class));
    }
}
