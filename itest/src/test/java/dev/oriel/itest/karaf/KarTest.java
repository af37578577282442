package dev.oriel.itest.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
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
    private static Set<String> bundlesBefore = Set.of();

    @BeforeAll
    static void copyIn() throws IOException {
        bundlesBefore = KARAF.console().bundles();
        KARAF.deploy(Karaf.PARTS.resolve("dev.oriel.features.kar"), "oriel.kar");
    }

    @Test
    @Order(1)
    void karInDeployFolder_withoutNetwork_startsAllBundles() {
        Eventually.of(
                "bundles", SOON, KARAF.console()::ours, ours -> KARAF.console().allActive());

        assertEquals(List.of("oriel"), KARAF.console().kars());
    }

    @Test
    @Order(2)
    void page_onTheWebServerOfKaraf_answers() {
        HttpResponse<String> page =
                Eventually.of("page", SOON, () -> KARAF.get("/oriel/"), answer -> answer.statusCode() == 200);

        assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"), page.body());
    }

    @Test
    @Order(9)
    void karDeleted_leavesKarafAsItWas() throws IOException {
        KARAF.undeploy("oriel.kar");

        Eventually.of("bundles", SOON, KARAF.console()::bundles, now -> now.equals(bundlesBefore));
        Eventually.of("kars", SOON, KARAF.console()::kars, List::isEmpty);
        Eventually.of("threads", SOON, KARAF.console()::threadsOfOurs, List::isEmpty);
    }
}
