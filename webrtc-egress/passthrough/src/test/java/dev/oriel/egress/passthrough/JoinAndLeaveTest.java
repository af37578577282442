package dev.oriel.egress.passthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.testkit.load.Footprint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The short form of {@link JoinAndLeaveLong}: those that vanished are not waited for. */
class JoinAndLeaveTest {

    private static final Logger LOG = LoggerFactory.getLogger(JoinAndLeaveTest.class);

    @Test
    void hundredsOfSessions_leaveNothing() throws Exception {
        try (JoinAndLeave crowd = new JoinAndLeave()) {
            crowd.run(60);
            end(crowd);
            Footprint before = Footprint.now();

            crowd.run(300);
            end(crowd);
            Footprint after = Footprint.now();

            LOG.info("{} watched, {} failed\n{}\n{}", crowd.watched, crowd.failed, before, after);
            assertEquals(0, crowd.failed.get());
            assertEquals(288, crowd.watched.get());
            assertEquals(0, crowd.leases());
            assertTrue(after.files() <= before.files() + 4, before + " " + after);
            assertTrue(after.heapKib() <= before.heapKib() + 4096, before + " " + after);
        }
    }

    private static void end(JoinAndLeave crowd) throws InterruptedException {
        List.copyOf(crowd.open).forEach(ViewerSession::close);
        assertEquals(0, crowd.drain(Duration.ofSeconds(10)));
    }
}
