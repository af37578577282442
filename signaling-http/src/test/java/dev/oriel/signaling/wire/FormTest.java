package dev.oriel.signaling.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.signaling.Calls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2,a,1",
        "a=x%2By+z,a,x+y z",
        "a=100%&b=2,a,100%",
        "a=%zz,a,%zz",
        "a=1&a=2,a,1",
        "a=b=c,a,b=c",
        "%61=1,a,1",
        "a=%C3%BC,a,ü",
        "&&a=1&,a,1",
    })
    void urlencoded_field_isDecodedOnce(String body, String name, String value) {
        assertEquals(Optional.of(value), Form.urlencoded(body).text(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b=1", "a", "a=", "A=1"})
    void urlencoded_fieldWithoutText_isMissing(String body) {
        assertEquals(Optional.empty(), Form.urlencoded(body).text("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=xyz",
                "Multipart/Form-Data; charset=utf-8; boundary=\"xyz\"",
            })
    void multipart_fields_areReadWithTheirLineBreaks(String type) {
        String body = "preamble\r\n--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n"
                + "--xyz\r\ncontent-type: text/plain\r\nCONTENT-DISPOSITION: form-data; name=b; filename=\"x\"\r\n\r\nü\r\n"
                + "--xyz\r\nContent-Type: text/plain\r\n\r\nnameless\r\n--xyz--\r\nepilogue";

        Form form = Form.of(Calls.call("POST", "/", Map.of("Content-Type", type), body));

        assertEquals(Map.of("a", List.of("1\r\n2"), "b", List.of("ü")), form.fields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=other"})
    void multipart_withoutItsBoundary_hasNoFields(String type) {
        assertEquals(
                Map.of(),
                Form.of(Calls.call("POST", "/", Map.of("Content-Type", type), "--xyz\r\n\r\n"))
                        .fields());
    }

    @Test
    void of_withoutContentType_isUrlencoded() {
        assertEquals(
                Optional.of("1"),
                Form.of(Calls.call("POST", "/", Map.of(), "a=1")).text("a"));
    }

    @Test
    void segment_anyText_survivesTheWayThere() {
        for (String text : List.of("camera.garden", "Y7L7====", "50%", "a/b c", "ü~")) {
            assertEquals(text, PercentDecoding.path(PercentDecoding.segment(text)));
        }
        assertEquals("a%2Fb%20c", PercentDecoding.segment("a/b c"));
        assertEquals("a+b", PercentDecoding.path("a+b"));
    }
}
