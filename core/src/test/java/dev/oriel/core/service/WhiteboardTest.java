package dev.oriel.core.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhiteboardTest {

    private final Whiteboard<String> whiteboard = new Whiteboard<>();

    @Test
    void bestFirst_rankings_highestFirstThenOldest() {
        whiteboard.put("none", Map.of("service.id", 4L));
        whiteboard.put("low", Map.of("service.ranking", -5, "service.id", 1L));
        whiteboard.put("younger", Map.of("service.ranking", 10, "service.id", 7L));
        whiteboard.put("older", Map.of("service.ranking", 10, "service.id", 3L));
        whiteboard.put("odd", Map.of("service.ranking", "99", "service.id", 9L));

        assertEquals(List.of("older", "younger", "none", "odd", "low"), whiteboard.bestFirst());
    }

    @Test
    void put_again_movesTheService() {
        whiteboard.put("a", Map.of("service.id", 1L));
        whiteboard.put("b", Map.of("service.id", 2L));

        whiteboard.put("b", Map.of("service.id", 2L, "service.ranking", 1));

        assertEquals(List.of("b", "a"), whiteboard.bestFirst());
    }

    @Test
    void bestFirst_listInHand_doesNotChange() {
        whiteboard.put("a", Map.of());
        List<String> before = whiteboard.bestFirst();

        whiteboard.remove("a");

        assertEquals(List.of("a"), before);
        assertEquals(List.of(), whiteboard.bestFirst());
    }
}
