package dev.oriel.testkit.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The viewer before a libwebrtc that sends: what it sees, and what it says when there is nothing to see. */
final class LibWebRtcViewerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Test
    void open_movingPictureAndSilence_areReceived() throws Exception {
        try (LibWebRtcSender sender = new LibWebRtcSender();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.VIDEO, Want.AUDIO)) {

            viewer.awaitFrames(10, PATIENCE);
            viewer.awaitPictureChange(PATIENCE);
            viewer.awaitFrames(20, PATIENCE);

            assertEquals(LibWebRtcSender.WIDTH, viewer.picture().orElseThrow().width());
            assertEquals(LibWebRtcSender.HEIGHT, viewer.picture().orElseThrow().height());
            assertTrue(viewer.picture().orElseThrow().contrast() > 100, "a bright bar on dark ground");
            assertEquals("CONNECTED", viewer.connectionState());
            ViewerStats stats = viewer.stats();
            assertTrue(stats.framesDecoded() >= 30, stats::toString);
            assertTrue(stats.video().received() >= 30, stats::toString);
            assertEquals(0, stats.video().lost(), stats::toString);
            assertEquals("video/VP8", stats.video().codec());
            assertTrue(stats.audio().received() > 10, stats::toString);
            assertEquals("audio/opus", stats.audio().codec());
            assertEquals(0, stats.audioEnergy(), 1e-6, "silence is no sound");
            assertFalse(viewer.firstPictureAfterAnswer().orElseThrow().isNegative());
            assertTrue(viewer.firstPictureAfterOffer()
                            .orElseThrow()
                            .compareTo(viewer.firstPictureAfterAnswer().orElseThrow())
                    >= 0);
        }
    }

    @Test
    void open_allWants_offersOneSectionEachWithCandidates() throws Exception {
        try (LibWebRtcSender sender = new LibWebRtcSender();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.AUDIO, Want.VIDEO, Want.DATA_CHANNEL)) {

            String offer = viewer.offer();

            assertTrue(offer.indexOf("m=audio") < offer.indexOf("m=video"), offer);
            assertTrue(offer.indexOf("m=video") < offer.indexOf("m=application"), offer);
            assertTrue(offer.contains("a=candidate:"), offer);
            assertTrue(offer.contains("a=recvonly"), offer);
            assertFalse(offer.contains("a=sendrecv"), offer);
        }
    }

    @Test
    void awaitPictureChange_stillPicture_fails() throws Exception {
        try (LibWebRtcSender sender = new LibWebRtcSender();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.VIDEO)) {
            viewer.awaitFrames(5, PATIENCE);
            sender.freezePicture();
            viewer.awaitFrames(25, PATIENCE);

            AssertionError failure =
                    assertThrows(AssertionError.class, () -> viewer.awaitPictureChange(Duration.ofMillis(500)));

            assertTrue(failure.getMessage().contains("stayed the same"), failure::getMessage);
        }
    }

    @Test
    void awaitFrames_senderStops_failsAndTellsHowFarItGot() throws Exception {
        try (LibWebRtcSender sender = new LibWebRtcSender();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.VIDEO)) {
            viewer.awaitFrames(5, PATIENCE);
            sender.stopFrames();

            AssertionError failure =
                    assertThrows(AssertionError.class, () -> viewer.awaitFrames(100, Duration.ofMillis(500)));

            assertTrue(failure.getMessage().contains("of 100 frames"), failure::getMessage);
            assertTrue(failure.getMessage().contains("CONNECTED"), failure::getMessage);
        }
    }

    @Test
    void awaitSound_silence_fails() throws Exception {
        try (LibWebRtcSender sender = new LibWebRtcSender();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.AUDIO, Want.VIDEO)) {
            viewer.awaitFrames(5, PATIENCE);

            assertThrows(AssertionError.class, () -> viewer.awaitSound(Duration.ofMillis(50), Duration.ofMillis(500)));
        }
    }

    @Test
    void open_refused_throwsWhatTheServerSaid() {
        SignalingRefused no = new SignalingRefused(404, "text/plain", "no such stream");

        SignalingRefused thrown = assertThrows(
                SignalingRefused.class,
                () -> LibWebRtcViewer.open(
                        offer -> {
                            throw no;
                        },
                        Want.VIDEO));

        assertSame(no, thrown);
    }

    @Test
    void open_answerThatIsNoSdp_throwsAndNextViewerWatches() throws Exception {
        assertThrows(java.io.IOException.class, () -> LibWebRtcViewer.open(offer -> "nothing", Want.VIDEO));

        try (LibWebRtcSender sender = new LibWebRtcSender();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.VIDEO)) {
            viewer.awaitFrames(1, PATIENCE);
        }
    }

    @Test
    void close_twice_doesNothingMore() throws Exception {
        try (LibWebRtcSender sender = new LibWebRtcSender()) {
            LibWebRtcViewer viewer = LibWebRtcViewer.open(sender, Want.VIDEO, Want.AUDIO, Want.DATA_CHANNEL);

            viewer.close();
            viewer.close();

            assertThrows(IllegalStateException.class, viewer::stats);
        }
    }
}
