package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.SessionHeader;
import dev.oriel.protocol.rtsp.TransportHeader;
import dev.oriel.protocol.sdp.Attributes;
import dev.oriel.protocol.sdp.SdpSyntaxException;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The way from the first request to the first packet: {@code OPTIONS}, {@code DESCRIBE}, {@code SETUP} of each chosen track,
 * {@code PLAY}; with another way for the media where the first is refused or nothing comes, and elsewhere where the camera
 * sends us.
 *
 * <p>A refused way is followed by the next one on the same connection, a silent one on a new connection: the camera may go on
 * sending for a while, and some have only one session per connection.
 */
final class Opening {

    private static final int MAX_REDIRECTS = 2;
    private static final int INVALID_RANGE = 457;

    private static final String WITHIN = " within " + RtspClientMachine.OPENING_NANOS / 1e9 + " s";

    /** How long nothing may come before another way is tried, if time is left for it. */
    private static final long SILENT_WAY_NANOS = 2_000_000_000L;

    private final CameraOptions options;
    private final Conversation talk;
    private final Keepalive keepalive;
    private final MediaLines lines;
    private final List<MediaWay> ways;
    private final long deadline;

    private SourceLocation place;
    private String url;
    private ControlUrls urls;
    private Refusal refusal;
    private SessionDescription session =
            new SessionDescription("", "", Optional.empty(), new Attributes(List.of()), List.of());
    private List<MediaFormat> wanted = List.of();
    private int way;
    private int asking;
    private int boundPort;
    private int redirects;
    private boolean knowsOptions;
    private boolean rangeRefused;
    private boolean wasSilent;
    private boolean mayConnectAgain;
    private long silentWayDeadline;

    Opening(
            SourceLocation camera,
            CameraOptions options,
            Optional<MediaWay> known,
            Conversation talk,
            Keepalive keepalive,
            MediaLines lines,
            long deadlineNanos) {
        this.options = options;
        this.talk = talk;
        this.keepalive = keepalive;
        this.lines = lines;
        this.ways = MediaWay.toTry(camera, options.transport(), known);
        this.deadline = deadlineNanos;
        this.place = camera;
        this.url = RtspScheme.requestUrl(camera);
        this.urls = new ControlUrls(url, url);
        this.refusal = Refusal.of(camera);
    }

    Refusal refusal() {
        return refusal;
    }

    void connected() {
        if (talk.state() != State.CONNECTING) {
            return;
        }
        if (knowsOptions) {
            describe();
        } else {
            talk.enter(State.OPTIONS);
            talk.ask("OPTIONS", url, RtspHeaders.NONE);
        }
    }

    /** Takes the answer to what was asked last, whatever it was but a challenge. */
    void answered(long nowNanos, RtspResponse response) {
        boolean redirect = response.status() >= 300 && response.status() < 400;
        switch (talk.state()) {
            case OPTIONS -> {
                // Whatever a camera says to OPTIONS, the stream may be there.
                keepalive.announced(response);
                knowsOptions = true;
                describe();
            }
            case DESCRIBE -> {
                if (redirect) {
                    follow(response);
                } else {
                    described(response);
                }
            }
            case SETUP -> setUp(nowNanos, response);
            case PLAY -> {
                if (response.isSuccess()) {
                    await(nowNanos);
                } else if (response.status() == INVALID_RANGE && !rangeRefused) {
                    // Others do not play without one, so it is left out on demand only.
                    rangeRefused = true;
                    talk.askAll("PLAY", RtspHeaders.NONE);
                } else {
                    fail(refusal.status(response.status(), "PLAY"));
                }
            }
            default -> {
                // Connecting, or nothing was asked.
            }
        }
    }

    /** The next thing that is due; of what passes unused, {@link #wake} sees to. */
    long deadlineNanos() {
        return otherWayDeadline().orElse(deadline);
    }

    void wake(long nowNanos) {
        OptionalLong other = otherWayDeadline();
        if (nowNanos - deadline >= 0) {
            fail(refusal.unreachable(
                    talk.state() == State.AWAITING
                            ? silence()
                            : "does not answer " + talk.state().awaited() + WITHIN));
        } else if (other.isPresent() && nowNanos - other.getAsLong() >= 0) {
            wasSilent = true;
            way++;
            connectAgain();
        }
    }

    /** The connection is gone; answers whether another one is tried. */
    boolean disconnected() {
        talk.sessionIsGone();
        if (mayConnectAgain) {
            connectAgain();
            return true;
        }
        return false;
    }

    void portsBound(int line, int rtpPort) {
        if (talk.state() == State.SETUP && line == lines.next()) {
            boundPort = rtpPort;
            setup();
        }
    }

    /** There are no ports for a track, or its group cannot be joined. */
    void portsFailed(String what) {
        if (talk.state().isOpening() && !tryNextWay()) {
            fail(refusal.unreachable(what));
        }
    }

    /** Fails; a camera that had accepted all and sent nothing is named for that, whatever it said to the second attempt. */
    void fail(RelayException why) {
        talk.fail(wasSilent ? refusal.unreachable(silence()) : why);
    }

    private String silence() {
        return "accepts PLAY, but sends no media"
                + (ways.size() > 1 ? "" : " over " + ways.get(0).words()) + WITHIN;
    }

    private void describe() {
        talk.enter(State.DESCRIBE);
        talk.ask("DESCRIBE", url, RtspHeaders.of("Accept", "application/sdp"));
    }

    private void follow(RtspResponse response) {
        String location = response.headers().first("Location").orElse("").strip();
        redirects++;
        boolean readable = location.regionMatches(true, 0, "rtsp", 0, 4)
                && location.chars().allMatch(c -> c > ' ')
                && redirects <= MAX_REDIRECTS;
        if (readable && ControlUrls.isSameServer(location, url)) {
            url = ControlUrls.authorityOf(url)
                    + location.substring(ControlUrls.authorityOf(location).length());
            describe();
            return;
        }
        Optional<SourceLocation> to = readable ? place(location) : Optional.empty();
        if (to.isEmpty() || !to.get().scheme().equals(place.scheme())) {
            fail(refusal.redirect(response.status()));
            return;
        }
        boolean sameHost = to.get().host().equalsIgnoreCase(place.host());
        place = to.get().withCredentials(place.credentials());
        url = RtspScheme.requestUrl(place);
        refusal = Refusal.of(place);
        knowsOptions = false;
        talk.about(url);
        if (sameHost) {
            talk.connect(place);
        } else {
            talk.connectElsewhere(place);
        }
    }

    private static Optional<SourceLocation> place(String location) {
        try {
            return Optional.of(SourceLocation.parse(location));
        } catch (IllegalArgumentException e) {
            // Not a place that can be gone to.
            return Optional.empty();
        }
    }

    private void described(RtspResponse response) {
        if (!response.isSuccess()) {
            fail(refusal.status(response.status(), "DESCRIBE"));
            return;
        }
        List<MediaFormat> offered;
        try {
            session = SessionDescription.parse(response.bodyText());
            offered = MediaFormat.of(session);
            String control = session.attributes().first("control").orElse("");
            urls = ControlUrls.of(url, response.headers(), control);
        } catch (SdpSyntaxException e) {
            fail(refusal.unsupported("describes its stream in a way that cannot be read: " + e.getMessage()));
            return;
        }
        lines.describe(offered);
        talk.about(urls.aggregate());
        wanted = TrackChoice.choose(offered, options.audio());
        if (wanted.isEmpty()) {
            fail(refusal.unsupported("offers nothing that can be passed on, but " + TrackChoice.describe(offered)));
            return;
        }
        talk.enter(State.SETUP);
        setup();
    }

    private void setup() {
        TransportHeader transport = switch (ways.get(way)) {
            case TCP -> TransportHeader.interleaved(2 * asking);
            case UDP -> TransportHeader.unicast(boundPort);
            case MULTICAST -> TransportHeader.multicast();
        };
        if (ways.get(way) == MediaWay.UDP && boundPort == 0) {
            talk.act(new RtspAction.BindPorts(lines.next()));
            return;
        }
        talk.ask(
                "SETUP",
                urls.of(wanted.get(asking).control()),
                RtspHeaders.of(TransportHeader.NAME, transport.write()));
    }

    private void setUp(long nowNanos, RtspResponse response) {
        if (response.isSuccess()) {
            response.headers()
                    .first(SessionHeader.NAME)
                    .flatMap(SessionHeader::parse)
                    .ifPresent(header -> {
                        talk.inSession(header.id());
                        keepalive.timeout(header.timeoutSeconds());
                    });
            Optional<TransportHeader> answer =
                    TransportHeader.parse(response.headers()
                                    .first(TransportHeader.NAME)
                                    .orElse(""))
                            .stream()
                            .findFirst();
            if (!agreed(nowNanos, answer)) {
                return;
            }
        } else if (asking == 0) {
            // A camera that does not give its sound is still worth looking at.
            boolean otherWay = response.status() == 461 || response.status() == 400 || response.status() == 406;
            if (!otherWay || !tryNextWay()) {
                fail(refusal.transport(response.status(), ways, way));
            }
            return;
        }
        asking++;
        boundPort = 0;
        if (asking < wanted.size()) {
            setup();
            return;
        }
        talk.enter(State.PLAY);
        keepalive.sent(nowNanos);
        talk.askAll("PLAY", rangeRefused ? RtspHeaders.NONE : RtspHeaders.of("Range", "npt=0.000-"));
    }

    /** Takes the camera's word on how a track comes; whether that is as it was asked for. */
    private boolean agreed(long nowNanos, Optional<TransportHeader> answer) {
        MediaFormat format = wanted.get(asking);
        MediaWay asked = ways.get(way);
        boolean interleaved = answer.map(TransportHeader::isInterleaved).orElse(asked == MediaWay.TCP);
        if (interleaved != (asked == MediaWay.TCP)) {
            way++;
            if (way < ways.size()) {
                connectAgain();
            } else {
                fail(refusal.unsupported(
                        interleaved
                                ? "sends its media over TCP although UDP was asked for"
                                : "sends its media over UDP although TCP was asked for"));
            }
            return false;
        }
        switch (asked) {
            case TCP -> {
                TransportHeader.Pair channels = new TransportHeader.Pair(2 * asking, 2 * asking + 1);
                lines.overTcp(format, answer.flatMap(a -> a.pair("interleaved")).orElse(channels), channels);
            }
            case UDP -> {
                acceptFromSource(answer);
                lines.overUdp(format, asked, answer.flatMap(a -> a.pair("server_port")), nowNanos);
            }
            case MULTICAST -> {
                Optional<MulticastGroup> group = MulticastGroup.of(answer, session, format);
                if (group.isEmpty()) {
                    fail(refusal.unsupported("does not say to which group it sends"));
                    return false;
                }
                MulticastGroup to = group.get();
                acceptFromSource(answer);
                talk.act(new RtspAction.JoinGroup(lines.next(), to.address(), to.rtpPort(), to.rtcpPort()));
                lines.overUdp(format, asked, Optional.empty(), nowNanos);
            }
        }
        return true;
    }

    /** Some cameras have another address for media, or stand behind a server that has (RFC 2326 section 12.39). */
    private void acceptFromSource(Optional<TransportHeader> answer) {
        answer.flatMap(a -> a.parameter("source"))
                .filter(source -> !source.isEmpty())
                .ifPresent(source -> talk.act(new RtspAction.AcceptFrom(lines.next(), source)));
    }

    /** The next way for the first track, on the same connection; false if there is none. */
    private boolean tryNextWay() {
        if (asking > 0 || way + 1 >= ways.size()) {
            return false;
        }
        way++;
        // Some cameras close the connection behind a refusal.
        mayConnectAgain = true;
        boundPort = 0;
        lines.clear();
        setup();
        return true;
    }

    private void connectAgain() {
        mayConnectAgain = false;
        asking = 0;
        boundPort = 0;
        lines.clear();
        talk.connect(place);
    }

    private void await(long nowNanos) {
        talk.enter(State.AWAITING);
        mayConnectAgain = false;
        silentWayDeadline = nowNanos + Math.min(SILENT_WAY_NANOS, Math.max((deadline - nowNanos) / 2, 0));
        keepalive.sent(nowNanos);
        lines.due(nowNanos);
    }

    private OptionalLong otherWayDeadline() {
        return talk.state() == State.AWAITING && way + 1 < ways.size()
                ? OptionalLong.of(silentWayDeadline)
                : OptionalLong.empty();
    }
}
