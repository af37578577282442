package dev.oriel.signaling.page;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.get;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.Calls;
import dev.oriel.signaling.FakeRelay;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageDialectTest {

    private final PageDialect dialect = new PageDialect();

    @ParameterizedTest
    @CsvSource({
        "/,text/html; charset=utf-8",
        "/index.html,text/html; charset=utf-8",
        "/watch.html,text/html; charset=utf-8",
        "/oriel.css,text/css; charset=utf-8",
        "/oriel-camera.js,text/javascript; charset=utf-8",
        "/wall.js,text/javascript; charset=utf-8",
        "/watch.js,text/javascript; charset=utf-8",
        "/icon.svg,image/svg+xml",
    })
    void file_ofThePages_isServedUnderAStrictPolicy(String path, String type) {
        HttpReply reply = answer(path);

        assertEquals(200, reply.status());
        assertEquals(type, header(reply, "Content-Type"));
        assertTrue(header(reply, "Content-Security-Policy").startsWith("default-src 'self'"));
        assertEquals("nosniff", header(reply, "X-Content-Type-Options"));
        assertTrue(reply.body().length() > 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../page/index.html", "/package-info.class", "/PageDialect.class", "/nope.html", "/index"})
    void otherPath_isNotItsOwn(String path) {
        assertFalse(dialect.accepts(get(path)));
    }

    @Test
    void file_thatTheBrowserHas_isNotSentAgain() {
        String tag = header(answer("/wall.js"), "ETag");

        HttpReply again = now(dialect.answer(
                Calls.call("GET", "/wall.js", Map.of("If-None-Match", "W/" + tag), ""), new FakeRelay()));

        assertEquals(304, again.status());
        assertEquals(0, again.body().length());
    }

    /** What the policy forbids would silently not work, and what is not relative breaks under another prefix. */
    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/watch.html"})
    void page_holdsNothingInlineAndOnlyRelativeReferencesToFilesThatAreThere(String path) {
        String page = body(answer(path));

        assertFalse(Pattern.compile("<script(?![^>]*src=)|<style|\\sstyle=|\\son\\w+=|javascript:")
                .matcher(page)
                .find());
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
        int found = 0;
        while (references.find()) {
            String reference = references.group(1);
            assertFalse(reference.contains(":") || reference.startsWith("/"), reference);
            assertTrue(dialect.accepts(get("/" + reference.replaceFirst("^\\./", ""))), reference);
            found++;
        }
        assertTrue(found > 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oriel-camera.js", "/wall.js", "/watch.js"})
    void script_neverMakesMarkupOfText(String path) {
        assertFalse(Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|https?://")
                .matcher(body(answer(path)))
                .find());
    }

    private HttpReply answer(String path) {
        assertTrue(dialect.accepts(get(path)), "not accepted");
        return now(dialect.answer(get(path), new FakeRelay()));
    }
}
