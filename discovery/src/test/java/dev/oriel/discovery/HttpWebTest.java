package dev.oriel.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpWebTest {

    @Test
    void get_longBody_isCutOff() throws Exception {
        HttpWeb web = new HttpWeb();
        try (StandIn server = new StandIn().with("/", 200, "text/plain", "x".repeat(1_000_000))) {
            Look look = web.get(URI.create(server.url()), "/").get(5, TimeUnit.SECONDS);

            assertEquals(Web.MAX_BODY_BYTES, ((Look.Answer) look).body().length);
        } finally {
            web.stop();
        }
    }

    @Test
    void stop_afterUse_leavesNoThread() throws Exception {
        try (StandIn server = new StandIn().with("/", 200, "text/plain", "x")) {
            useAndStop(server.url());
            assertNoThreadStays();
        }
    }

    @Test
    void stop_whileAsking_leavesNoThread() throws Exception {
        try (StandIn server = new StandIn().silent()) {
            askAndStop(server);
            assertNoThreadStays();
        }
    }

    private static void assertNoThreadStays() throws InterruptedException {
        // The client's selector ends once the client is garbage, and looks for that every three seconds.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<Thread> left = threads();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            left.get(0).join(200);
            left = threads();
        }
        assertEquals(List.of(), left.stream().map(Thread::getName).toList());
    }

    /** Methods of their own, so that no local variable holds a client. */
    private static void useAndStop(String url) throws Exception {
        HttpWeb web = new HttpWeb();
        web.get(URI.create(url), "/").get(5, TimeUnit.SECONDS);
        assertTrue(threads().stream().anyMatch(thread -> thread.getName().startsWith("oriel-discovery-")));
        web.stop();
    }

    private static void askAndStop(StandIn server) throws Exception {
        HttpWeb web = new HttpWeb();
        var look = web.get(URI.create(server.url()), "/");
        server.awaitQuestion();
        web.stop();
        assertTrue(look.isDone());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("oriel-discovery-")
                        || thread.getName().startsWith("HttpClient-"))
                .toList();
    }
}
