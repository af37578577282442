package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A libwebrtc that answers one offer and sends a moving bar and silence: something to watch where no server is. */
final class LibWebRtcSender implements OfferAnswerer, AutoCloseable {

    static final int WIDTH = 320;
    static final int HEIGHT = 180;

    private final PeerConnectionFactory factory = LibWebRtc.borrow();
    private final CustomVideoSource video = new CustomVideoSource();
    // A CustomAudioSource would push in beside the headless audio module, and libwebrtc aborts on that race.
    private final AudioTrackSource audio = factory.createAudioSource(new AudioOptions());
    private final VideoTrack videoTrack = factory.createVideoTrack("bar", video);
    private final AudioTrack audioTrack = factory.createAudioTrack("silence", audio);
    private final CompletableFuture<String> gathered = new CompletableFuture<>();
    private final RTCPeerConnection connection;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean moving = true;
    private ScheduledFuture<?> frames;
    private long frameCount;
    private int barStart;
    private int loopbackPort;

    LibWebRtcSender() throws IOException {
        RTCConfiguration configuration = LibWebRtc.configuration(false, List.of());
        if (LibWebRtc.onlyLoopback()) {
            loopbackPort = freePort();
            configuration.portAllocatorConfig.minPort = loopbackPort;
            configuration.portAllocatorConfig.maxPort = loopbackPort;
        }
        connection = factory.createPeerConnection(configuration, new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                // All go out together, in the answer.
            }

            @Override
            public void onIceGatheringChange(RTCIceGatheringState now) {
                if (now == RTCIceGatheringState.COMPLETE) {
                    gathered.complete("gathered");
                }
            }
        });
        frames = clock.scheduleAtFixedRate(this::sendFrame, 0, 40, TimeUnit.MILLISECONDS);
    }

    @Override
    public String answer(String offer) throws IOException, InterruptedException {
        CompletableFuture<String> offered = new CompletableFuture<>();
        connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer), Described.set(offered));
        Described.await(offered, "take the offer");
        if (offer.contains("m=video")) {
            connection.addTrack(videoTrack, List.of("picture"));
        }
        if (offer.contains("m=audio")) {
            connection.addTrack(audioTrack, List.of("picture"));
        }
        CompletableFuture<RTCSessionDescription> answer = new CompletableFuture<>();
        connection.createAnswer(new RTCAnswerOptions(), Described.created(answer));
        CompletableFuture<String> answered = new CompletableFuture<>();
        connection.setLocalDescription(Described.await(answer, "make an answer"), Described.set(answered));
        Described.await(answered, "take its own answer");
        Described.await(gathered, "gather");
        String complete = connection.getLocalDescription().sdp;
        return loopbackPort == 0
                ? complete
                : complete.replaceFirst(
                        "a=ice-ufrag", "a=candidate:1 1 udp 1 127.0.0.1 " + loopbackPort + " typ host\r\na=ice-ufrag");
    }

    /** The bar stands still from now on; frames keep coming. */
    void freezePicture() {
        moving = false;
    }

    /** No frame is sent any more. */
    void stopFrames() {
        frames.cancel(false);
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(5, TimeUnit.SECONDS);
        for (RTCRtpSender sender : connection.getSenders()) {
            sender.replaceTrack(null);
        }
        connection.close();
        videoTrack.dispose();
        audioTrack.dispose();
        video.dispose();
        LibWebRtc.giveBack();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private void sendFrame() {
        if (moving) {
            barStart = (barStart + 4) % WIDTH;
        }
        NativeI420Buffer picture = NativeI420Buffer.allocate(WIDTH, HEIGHT);
        ByteBuffer luma = picture.getDataY();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean inBar = Math.floorMod(x - barStart, WIDTH) < 60;
                luma.put(y * picture.getStrideY() + x, (byte) (inBar ? 220 : 40));
            }
        }
        grey(picture.getDataU());
        grey(picture.getDataV());
        VideoFrame frame = new VideoFrame(picture, frameCount++ * 40_000_000);
        video.pushFrame(frame);
        frame.release();
    }

    private static void grey(ByteBuffer chroma) {
        while (chroma.hasRemaining()) {
            chroma.put((byte) 128);
        }
    }
}
