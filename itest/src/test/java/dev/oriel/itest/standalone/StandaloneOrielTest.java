package dev.oriel.itest.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The distribution as the tests of this module use it. */
@Timeout(90)
class StandaloneOrielTest {

    @Test
    void start_withACamera_answersAndSaysNothingAlarming() throws Exception {
        StandaloneOriel oriel = StandaloneOriel.start("--no-demo", "garden=rtsp://127.0.0.1:9/garden");
        try (oriel) {
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(oriel.base())
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertEquals(200, page.statusCode());
            assertEquals(0, oriel.stop());
        }

        assertFalse(oriel.output().contains("ERROR"), oriel.output());
        assertFalse(ProcessHandle.of(oriel.pid()).isPresent());
    }

    @Test
    void start_wrongOption_throwsWithWhatItSaid() {
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> StandaloneOriel.start("--prot"));

        assertTrue(failure.getMessage().contains("There is no option --prot"), failure.getMessage());
    }
}
