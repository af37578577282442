package dev.oriel.itest.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.Cable;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Login;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Serving;
import dev.oriel.testkit.camera.Video;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/**
 * A camera at the end of a cable, with a keyframe each second, opened one way, and its one viewer.
 *
 * <p>A picture by itself does not prove that the camera is back, since a viewer is shown the remembered second again while it is
 * away. So there is a band across the top of the picture, dark to begin with, and bright from {@link #markReturn} on.
 */
final class FarCamera implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Where one packet in ten is lost, three keyframes in four are. */
    private static final Duration RETURN = Duration.ofSeconds(40);

    private static final Scene SCENE = Scene.of(Video.H264_HIGH, Audio.PCMA).withGopFrames(Scene.RATE);
    private static final Serving ALL_WAYS =
            new Serving(EnumSet.allOf(Serving.Way.class), Login.OPEN, Optional.empty(), Optional.empty());

    /** Halfway between dark and bright. */
    private static final int BRIGHT = 128;

    private final String transport;
    private final Cable cable;
    private Optional<GstreamerCamera> camera = Optional.empty();
    private Optional<LibWebRtcViewer> viewer = Optional.empty();

    /** The camera is not there yet, only its cable. */
    FarCamera(String transport) throws Exception {
        this.transport = transport;
        this.cable = Cable.lay();
    }

    /** How it is opened, which is its name, too. */
    String transport() {
        return transport;
    }

    /** Where it is. */
    String url() {
        return "rtsp://" + cable.cameraHost() + ":554/stream";
    }

    /** Its configuration. */
    String configuration() {
        return "url=" + url() + "\ntransport=" + transport + "\nlingerSeconds=0\n";
    }

    Cable cable() {
        return cable;
    }

    GstreamerCamera camera() {
        return camera.orElseThrow();
    }

    LibWebRtcViewer viewer() {
        return viewer.orElseThrow();
    }

    /** Switches it on; it listens then. */
    void power() throws Exception {
        camera = Optional.of(GstreamerCamera.start(SCENE, ALL_WAYS.at(cable)));
    }

    /** Tears its power off. */
    void kill() {
        camera().close();
    }

    /** Opens its viewer, and waits until it has seen a second of it. */
    void watch(URI oriel) throws Exception {
        viewer = Optional.of(
                LibWebRtcViewer.open(new WhepAnswerer(oriel.resolve(transport + "/whep")), Want.VIDEO, Want.AUDIO));
        viewer().awaitFrames(Scene.RATE, PATIENCE);
        assertTrue(viewer().picture().orElseThrow().brightnessOfTop() < BRIGHT, "the band is dark to begin with");
    }

    /** From the next picture on, the band is bright. */
    void markReturn() throws Exception {
        camera().brighten();
    }

    /** When a picture of after the return was seen, on the clock of {@link System#nanoTime()}. */
    long awaitReturn() throws Exception {
        return viewer().awaitPicture(picture -> picture.brightnessOfTop() >= BRIGHT, RETURN);
    }

    /** Takes away viewer and camera; the cable stays, and carries again. */
    void clear() throws Exception {
        viewer.ifPresent(LibWebRtcViewer::close);
        viewer = Optional.empty();
        camera.ifPresent(GstreamerCamera::close);
        camera = Optional.empty();
        cable.plugAtCamera();
        cable.plugHere();
        cable.delay(Duration.ZERO);
        cable.lose(0);
        cable.mend();
    }

    @Override
    public void close() {
        viewer.ifPresent(LibWebRtcViewer::close);
        camera.ifPresent(GstreamerCamera::close);
        cable.close();
    }
}
