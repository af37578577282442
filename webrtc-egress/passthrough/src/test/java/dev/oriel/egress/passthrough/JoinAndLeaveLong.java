package dev.oriel.egress.passthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.testkit.load.Footprint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forty thousand sessions on one engine: what it holds afterwards is what it held before. */
@Timeout(3600)
final class JoinAndLeaveLong {

    private static final Logger LOG = LoggerFactory.getLogger(JoinAndLeaveLong.class);
    private static final int SESSIONS = Integer.getInteger("oriel.sessions", 40_000);
    private static final int STEP = 4_000;
    private static final Duration GONE = Duration.ofSeconds(45);

    @Test
    void sessions_comeAndGo_andNothingGrows() throws Exception {
        try (JoinAndLeave crowd = new JoinAndLeave()) {
            crowd.run(Math.min(STEP, SESSIONS) / 2);
            assertEquals(0, crowd.drain(GONE));
            Footprint before = Footprint.now();
            LOG.info("before:          {}", before);
            long began = System.nanoTime();
            for (int done = 0; done < SESSIONS; done += STEP) {
                crowd.run(STEP);
                int open = crowd.open.size();
                LOG.info(
                        "{} sessions, {} s: {} ({} open, {} failed)",
                        done + STEP,
                        (System.nanoTime() - began) / 1_000_000_000L,
                        Footprint.now(),
                        open,
                        crowd.failed);
            }
            assertEquals(0, crowd.drain(GONE));
            // The workers of handshakes go after ten idle seconds.
            Footprint after = Footprint.now();
            LOG.info("after:           {}; {} watched, {} failed", after, crowd.watched, crowd.failed);

            assertEquals(0, crowd.leases());
            assertEquals(0, crowd.failed.get());
            assertTrue(after.heapKib() <= before.heapKib() + 4096, before + " " + after);
            assertTrue(after.files() <= before.files() + 4, before + " " + after);
            assertTrue(after.threads() <= before.threads() + 4, before + " " + after);
        }
    }
}
