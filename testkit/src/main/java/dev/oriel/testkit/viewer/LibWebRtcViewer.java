package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.oriel.api.time.Ambient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * One viewer with a real libwebrtc: it offers, connects, decrypts and decodes as Chromium does, without a browser and
 * without a screen. Its offer holds all its candidates (host ones, of UDP and TCP), so that no trickle is needed. On a machine with
 * nothing but a loopback interface it holds none, and the viewer is found by the checks it sends.
 *
 * <p>Thread-safe. Methods that wait do so at most as long as they are told, and throw {@link AssertionError} in words a
 * test can print. Always close a viewer: native threads and sockets stay otherwise.
 */
public final class LibWebRtcViewer implements AutoCloseable {

    private final Deque<Runnable> releases = new ArrayDeque<>();
    private final FrameCounter counter = new FrameCounter();
    private final SoundCounter sound = new SoundCounter();
    private final CompletableFuture<String> gathered = new CompletableFuture<>();
    private final RTCPeerConnection connection;
    private volatile Optional<ChannelWatch> channel = Optional.empty();
    private volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;
    private volatile String offer = "";
    private volatile String answer = "";
    private volatile long offerNanos;
    private volatile long answerNanos;
    private boolean closed;

    private LibWebRtcViewer(PeerConnectionFactory factory, RTCConfiguration configuration) {
        connection = factory.createPeerConnection(configuration, new Events());
        releases.push(connection::close);
    }

    /**
     * Makes a viewer, has its offer answered on this thread and starts to watch; returns before the connection is up.
     *
     * @param wants the sections to offer, in this order
     * @throws SignalingRefused when the answerer refused the offer
     * @throws IOException when the answerer failed, or libwebrtc could not take its answer
     * @throws LibWebRtcMissing when the native library does not load
     */
    public static LibWebRtcViewer open(OfferAnswerer answerer, Want... wants) throws IOException, InterruptedException {
        return open(answerer, false, List.of(), wants);
    }

    /**
     * The same with the help of servers.
     *
     * @param servers STUN and TURN servers, as {@code stun:host:port} or {@code turn:user:password@host:port?transport=udp}
     */
    static LibWebRtcViewer open(OfferAnswerer answerer, boolean onlyByRelay, List<String> servers, Want... wants)
            throws IOException, InterruptedException {
        PeerConnectionFactory factory = LibWebRtc.borrow();
        LibWebRtcViewer viewer;
        try {
            viewer = new LibWebRtcViewer(factory, LibWebRtc.configuration(onlyByRelay, servers));
        } catch (RuntimeException | Error e) {
            LibWebRtc.giveBack();
            throw e;
        }
        try {
            for (Want want : wants) {
                viewer.add(factory, want);
            }
            viewer.negotiate(answerer);
            return viewer;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            viewer.close();
            throw e;
        }
    }

    /** The offer that was sent. */
    public String offer() {
        return offer;
    }

    /** The answer that was received. */
    public String answer() {
        return answer;
    }

    /** What libwebrtc says of the connection as a whole: {@code NEW}, {@code CONNECTED}, {@code FAILED} and so on. */
    public String connectionState() {
        return state.name();
    }

    /** Video frames decoded so far. */
    public long framesDecoded() {
        return counter.frames();
    }

    /** The last decoded picture; empty before the first. */
    public Optional<Picture> picture() {
        return counter.picture();
    }

    /** From when the answerer returned to the first decoded picture; empty before it. */
    public Optional<Duration> firstPictureAfterAnswer() {
        return since(answerNanos);
    }

    /** From when the offer was handed to the answerer to the first decoded picture; empty before it. */
    public Optional<Duration> firstPictureAfterOffer() {
        return since(offerNanos);
    }

    /**
     * Waits until that many more frames are decoded than now. A server that replays what came since the last keyframe
     * sends those frames at once.
     *
     * @throws AssertionError when they did not come in time; says how far it got
     */
    public void awaitFrames(long more, Duration timeout) throws InterruptedException {
        long before = counter.frames();
        if (!counter.awaitMore(more, timeout)) {
            throw new AssertionError("Only " + (counter.frames() - before) + " of " + more + " frames were decoded in "
                    + timeout + "; the connection is " + state + ", " + lastStats());
        }
    }

    /**
     * Waits until the picture is another than now: a cell of it is brighter or darker by at least 8 of 255.
     *
     * @throws AssertionError when it stayed the same, or there was none
     */
    public void awaitPictureChange(Duration timeout) throws InterruptedException {
        Picture old = counter.picture().orElseThrow(() -> new AssertionError("There is no picture yet"));
        if (counter.awaitLike(picture -> picture.distance(old) >= 8, timeout).isEmpty()) {
            throw new AssertionError("The picture stayed the same for " + timeout + ", " + lastStats());
        }
    }

    /**
     * Waits for a picture that is wanted; the last one counts.
     *
     * @return when it was decoded, on the clock of {@link System#nanoTime()}
     * @throws AssertionError when there was none in time
     */
    public long awaitPicture(Predicate<Picture> wanted, Duration timeout) throws InterruptedException {
        OptionalLong decoded = counter.awaitLike(wanted, timeout);
        if (decoded.isEmpty()) {
            throw new AssertionError("Of the pictures of " + timeout + " none was as wanted; the last is "
                    + counter.picture() + ", the connection is " + state + ", " + lastStats());
        }
        return decoded.getAsLong();
    }

    /**
     * Waits until that much sound more is heard than now; silence does not count.
     *
     * @throws AssertionError when it was not heard in time
     */
    public void awaitSound(Duration sounding, Duration timeout) throws InterruptedException {
        if (!sound.awaitMore(sounding.toMillis() / 10, timeout)) {
            throw new AssertionError("No " + sounding + " of sound were heard in " + timeout + ", " + lastStats());
        }
    }

    /**
     * Waits until the data channel that was offered is open.
     *
     * @throws AssertionError when it was not in time
     */
    public void awaitChannelOpen(Duration timeout) throws InterruptedException {
        if (!channel().awaitOpen(timeout)) {
            throw new AssertionError("The data channel did not open in " + timeout + "; the connection is " + state);
        }
    }

    /**
     * Waits until the page would be told that the data channel is closed.
     *
     * @throws AssertionError when it was not in time
     */
    public void awaitChannelClosed(Duration timeout) throws InterruptedException {
        if (!channel().awaitClosed(timeout)) {
            throw new AssertionError("The data channel did not close in " + timeout + "; the connection is " + state);
        }
    }

    /** Sends a message on the data channel. */
    public void say(byte[] message) {
        channel().send(message);
    }

    /** How much of what was said on the data channel has not gone out yet. */
    public long unsaidBytes() {
        return channel().unsentBytes();
    }

    private ChannelWatch channel() {
        return channel.orElseThrow(() -> new IllegalStateException("No data channel was offered"));
    }

    /** How much sound was heard so far; silence does not count. */
    long soundMillis() {
        return sound.heard() * 10;
    }

    /** What libwebrtc counted so far. */
    public ViewerStats stats() throws IOException, InterruptedException {
        CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
        synchronized (releases) {
            if (closed) {
                throw new IllegalStateException("This viewer is closed");
            }
            connection.getStats(report::complete);
        }
        return ViewerStats.of(Described.await(report, "report its counters"));
    }

    /** Stops watching and releases the viewer's native objects; further calls do nothing. Never call it in a callback of libwebrtc. */
    @Override
    public void close() {
        synchronized (releases) {
            if (closed) {
                return;
            }
            closed = true;
            releases.forEach(Runnable::run);
        }
        LibWebRtc.giveBack();
    }

    private void add(PeerConnectionFactory factory, Want want) {
        switch (want) {
            case VIDEO -> addVideo(factory);
            case AUDIO -> addAudio(factory);
            case DATA_CHANNEL -> {
                ChannelWatch made =
                        new ChannelWatch(connection.createDataChannel("dataSendChannel", new RTCDataChannelInit()));
                channel = Optional.of(made);
                releases.addLast(made::release);
            }
        }
    }

    // webrtc-java adds a transceiver only together with a track to send; ours is never sent.
    private void addVideo(PeerConnectionFactory factory) {
        CustomVideoSource source = new CustomVideoSource();
        VideoTrack unsent = factory.createVideoTrack("unsent-video", source);
        VideoTrack received = (VideoTrack) receive(unsent).getReceiver().getTrack();
        received.addSink(counter);
        releases.addFirst(() -> received.removeSink(counter));
        releases.addLast(unsent::dispose);
        releases.addLast(source::dispose);
    }

    private void addAudio(PeerConnectionFactory factory) {
        CustomAudioSource source = new CustomAudioSource();
        MediaStreamTrack unsent = factory.createAudioTrack("unsent-audio", source);
        AudioTrack received = (AudioTrack) receive(unsent).getReceiver().getTrack();
        received.addSink(sound);
        releases.addFirst(() -> received.removeSink(sound));
        releases.addLast(unsent::dispose);
        releases.addLast(source::dispose);
    }

    private RTCRtpTransceiver receive(MediaStreamTrack unsent) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
        RTCRtpTransceiver transceiver = connection.addTransceiver(unsent, init);
        RTCRtpSender sender = transceiver.getSender();
        // webrtc-java never lets go of a transceiver, and it would hold the track.
        releases.addFirst(() -> sender.replaceTrack(null));
        return transceiver;
    }

    @Ambient(reason = "measures how long the first picture takes")
    private void negotiate(OfferAnswerer answerer) throws IOException, InterruptedException {
        CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
        connection.createOffer(new RTCOfferOptions(), Described.created(created));
        CompletableFuture<String> offered = new CompletableFuture<>();
        connection.setLocalDescription(Described.await(created, "make an offer"), Described.set(offered));
        Described.await(offered, "take its own offer");
        Described.await(gathered, "gather its candidates");
        offer = connection.getLocalDescription().sdp;

        offerNanos = System.nanoTime();
        answer = answerer.answer(offer);
        answerNanos = System.nanoTime();

        CompletableFuture<String> answered = new CompletableFuture<>();
        try {
            connection.setRemoteDescription(
                    new RTCSessionDescription(RTCSdpType.ANSWER, answer), Described.set(answered));
        } catch (Error e) {
            // The binding throws a bare java.lang.Error for an answer that is no SDP.
            throw new IOException("libwebrtc cannot read the answer: " + e.getMessage() + "\n" + answer, e);
        }
        Described.await(answered, "take the answer\n" + answer + "\n");
    }

    private Optional<Duration> since(long startNanos) {
        OptionalLong first = counter.firstNanos();
        return first.isPresent() ? Optional.of(Duration.ofNanos(first.getAsLong() - startNanos)) : Optional.empty();
    }

    private String lastStats() throws InterruptedException {
        try {
            return "libwebrtc counted " + stats();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What libwebrtc tells from its signaling thread. */
    private final class Events implements PeerConnectionObserver {

        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            // All candidates go out together, in the offer.
        }

        @Override
        public void onIceGatheringChange(RTCIceGatheringState now) {
            if (now == RTCIceGatheringState.COMPLETE) {
                gathered.complete("gathered");
            }
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState now) {
            state = now;
        }
    }
}
