package dev.oriel.itest.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The KAR in an untouched Karaf that can download nothing: copied in, looked at, deleted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarTest {

    @RegisterExtension
    static final Karaf KARAF = Karaf.withoutRepositories();

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Set<String> BUNDLES = Set.of(
            "dev.oriel.api",
            "dev.oriel.core",
            "dev.oriel.demo",
            "dev.oriel.discovery",
            "dev.oriel.egress.passthrough",
            "dev.oriel.ingest.rtsp",
            "dev.oriel.signaling");

    private static Set<String> bundlesBefore = Set.of();

    @BeforeAll
    static void copyIn() throws IOException {
        bundlesBefore = KARAF.console().bundles();
        KARAF.deploy(Karaf.PARTS.resolve("dev.oriel.features.kar"), "oriel.kar");
    }

    @Test
    @Order(1)
    void karInDeployFolder_withoutNetwork_startsAllBundles() {
        Map<String, String> states = Eventually.of(
                "bundles", SOON, KARAF.console()::ours, ours -> ours.keySet().equals(BUNDLES) && allActive(ours));

        assertEquals(BUNDLES, states.keySet());
        assertEquals(List.of("oriel"), KARAF.console().kars());
    }

    @Test
    @Order(2)
    void page_onTheWebServerOfKaraf_answers() {
        HttpResponse<String> page =
                Eventually.of("page", SOON, () -> get("/oriel/"), answer -> answer.statusCode() == 200);

        assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"), page.body());
    }

    @Test
    @Order(9)
    void karDeleted_leavesKarafAsItWas() throws IOException {
        KARAF.undeploy("oriel.kar");

        Eventually.of("bundles", SOON, KARAF.console()::bundles, now -> now.equals(bundlesBefore));
        assertEquals(List.of(), KARAF.console().kars());
        assertFalse(KARAF.console().threads().stream().anyMatch(name -> name.startsWith("oriel-")));
    }

    private static boolean allActive(Map<String, String> states) {
        return states.values().stream().allMatch("Active"::equalsIgnoreCase);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(KARAF.http(path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
