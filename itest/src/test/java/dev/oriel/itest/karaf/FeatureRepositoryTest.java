package dev.oriel.itest.karaf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.watcher.WatcherMBean;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On Equinox: installed as a feature from a Maven repository, configured by a file, and used by a bundle of somebody else. */
class FeatureRepositoryTest {

    @RegisterExtension
    static final Karaf KARAF = Karaf.withRepository(Karaf.REPOSITORY).onEquinox();

    private static final Duration SOON = Duration.ofSeconds(30);

    @BeforeAll
    static void install() {
        KARAF.console().addRepository(Karaf.FEATURES);
        KARAF.console().installFeature("oriel");
        KARAF.console()
                .install(Karaf.PARTS
                        .resolve("dev.oriel.itest.watcher.jar")
                        .toUri()
                        .toString());
    }

    @Test
    void featureInstalled_fromRepository_startsAllBundles() {
        Eventually.of(
                "bundles", SOON, KARAF.console()::ours, ours -> KARAF.console().allActive());
    }

    @Test
    void page_onTheWebServerOfKaraf_answers() {
        Eventually.of("page", SOON, () -> KARAF.get("/oriel/"), page -> page.statusCode() == 200);
    }

    @Test
    void offerInTheFormOfRtspToWebRtc_withoutCameraBehindIt_isRefusedInThatForm() {
        HttpResponse<String> refusal = Eventually.of(
                "signaling",
                SOON,
                () -> KARAF.post(
                        "/oriel/stream",
                        "application/x-www-form-urlencoded",
                        "url=rtsp%3A%2F%2F127.0.0.1%3A1%2Fnone&sdp64=bm9uZQ%3D%3D"),
                answer -> answer.statusCode() != 404);

        assertEquals(500, refusal.statusCode(), refusal.body());
        assertTrue(refusal.body().startsWith("{\"error\":"), refusal.body());
    }

    @Test
    void offerOverWhep_forUnknownStream_isNotFoundAsProblem() {
        HttpResponse<String> refusal = Eventually.of(
                "signaling",
                SOON,
                () -> KARAF.post("/oriel/none/whep", "application/sdp", "v=0\r\n"),
                answer -> contentType(answer).startsWith("application/problem+json"));

        assertEquals(404, refusal.statusCode(), refusal.body());
        assertTrue(refusal.body().contains("\"status\":404"), refusal.body());
        assertTrue(refusal.body().contains("none"), refusal.body());
    }

    @Test
    void ownBundle_byServiceReference_countsPacketsOfTheDemoCamera() {
        WatcherMBean watcher = watcherThatSees("demo");

        assertArrayEquals(new String[] {"H264", "PCMA"}, watcher.watch("demo"));
        Eventually.of("packets", SOON, watcher::getPackets, packets -> packets > 100);
        Eventually.of("keyframes", SOON, watcher::getKeyframes, keyframes -> keyframes >= 2);
        watcher.stop();
    }

    @Test
    void ownCamera_registeredByOwnBundle_isWatchedLikeAnyOther() {
        WatcherMBean watcher = watcherThatSees("demo");

        watcher.addCamera("own", "demo");

        watcherThatSees("own").watch("own");
        Eventually.of("keyframes", SOON, watcher::getKeyframes, keyframes -> keyframes >= 1);
        watcher.stop();
    }

    @Test
    void cameraFile_inEtc_isACameraByTheNameOfTheFileUntilItIsDeleted() throws IOException {
        KARAF.configure(
                "dev.oriel.camera-front.cfg", "url = rtsp://127.0.0.1:1/stream\nuser = me\npassword = secret\n");
        WatcherMBean watcher = watcherThatSees("front");

        KARAF.unconfigure("dev.oriel.camera-front.cfg");

        Eventually.of("cameras", SOON, () -> List.of(watcher.getCameras()), names -> !names.contains("front"));
        assertFalse(KARAF.log().contains("secret"), "the password is in the log");
    }

    @Test
    void demoCamera_switchedOffInEtc_isGoneUntilTheFileIs() throws IOException {
        WatcherMBean watcher = watcherThatSees("demo");

        KARAF.configure("dev.oriel.demo.cfg", "enabled = false\n");
        Eventually.of("cameras", SOON, () -> List.of(watcher.getCameras()), names -> !names.contains("demo"));

        KARAF.unconfigure("dev.oriel.demo.cfg");
        watcherThatSees("demo");
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("");
    }

    private static WatcherMBean watcherThatSees(String camera) {
        WatcherMBean watcher = KARAF.console().watcher();
        Eventually.of("cameras", SOON, () -> List.of(watcher.getCameras()), names -> names.contains(camera));
        return watcher;
    }
}
