package dev.oriel.signaling.page;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.get;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.FakeRelay;
import dev.oriel.signaling.FakeSession;
import org.junit.jupiter.api.Test;

class ViewersDialectTest {

    private final FakeRelay relay = new FakeRelay();
    private final ViewersDialect dialect = new ViewersDialect();

    @Test
    void viewers_none_isAnEmptyList() {
        HttpReply reply = now(dialect.answer(get("/api/oriel/viewers"), relay));

        assertEquals("{\"viewers\":[]}", body(reply));
        assertEquals("no-store", header(reply, "Cache-Control"));
    }

    @Test
    void viewers_one_isToldWithoutItsId() {
        relay.sessions.put("unguessable", new FakeSession("unguessable"));

        String body = body(now(dialect.answer(get("/api/oriel/viewers"), relay)));

        assertTrue(
                body.startsWith("{\"viewers\":[{\"stream\":\"front\",\"state\":\"playing\",\"whyNoPicture\":\"\""),
                body);
        assertFalse(body.contains("unguessable"), body);
    }

    @Test
    void accepts_otherPaths_doesNot() {
        assertTrue(dialect.accepts(get("/api/oriel/viewers")));
        assertFalse(dialect.accepts(get("/api/oriel/viewers/1")));
    }
}
