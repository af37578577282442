package dev.oriel.protocol.rtsp.tunnel;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.protocol.rtsp.Authorization;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.client.Login;
import dev.oriel.protocol.rtsp.client.Refusal;
import dev.oriel.protocol.rtsp.tunnel.TunnelAction.Line;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * RTSP in two HTTP requests: a GET whose response never ends brings what the camera says, a POST whose body never ends takes
 * what we say in base 64, and a cookie tells the camera that they belong together (Apple's "Tunnelling RTSP and RTP through
 * HTTP", taken over by ONVIF).
 *
 * <p>The POST follows the answer to the GET, or comes of itself after {@link #LATE_NANOS}: some cameras answer the GET only
 * when they have both. A camera that ends a POST which has carried a request is given a new one for each request; what was
 * written while the POST was being closed is said again. One that answers the POST, and leaves it open, may go on listening
 * to it or not: what it leaves without an answer for {@link #LATE_NANOS} is said again on another one. HTTP/1.0, so that no
 * response is chunked.
 */
public final class HttpTunnel implements Tunnel {

    /** How long the GET is waited for alone, and an answer on a POST that was answered itself. */
    public static final long LATE_NANOS = 1_000_000_000L;

    private static final int MAX_UNCONFIRMED = 64 * 1024;

    private final SourceLocation camera;
    private final String userAgent;
    private final Login login;
    private final String cookie;
    private final TunnelRefused refused;
    private final Queue<TunnelAction> actions = new ArrayDeque<>();

    private HttpAnswer.@Nullable Reader down = new HttpAnswer.Reader();
    private HttpAnswer.Reader up = new HttpAnswer.Reader();
    private boolean downConnected;
    private boolean upWanted;
    private boolean upConnected;
    private boolean getRepeated;
    private boolean postRepeated;
    private boolean open;
    private boolean over;
    private long lateNanos;

    /** Whether the POST that stands has carried something, and whether an answer came since. */
    private boolean carried;

    private boolean confirmed;

    /** Whether the POST was answered; then nobody knows whether the camera hears more on it, until it has shown so. */
    private boolean postAnswered;

    private boolean postStays;
    private OptionalLong doubtNanos = OptionalLong.empty();
    private long now;

    /** Whether this camera ends a POST behind each request. */
    private boolean postPerRequest;

    /** What was said since the camera last answered; said again where a POST is refused for its login. */
    private final ByteArrayOutputStream unconfirmed = new ByteArrayOutputStream();

    /** A tunnel that is about to connect. */
    public HttpTunnel(SourceLocation camera, CameraOptions.Login kinds, String userAgent, RandomGenerator random) {
        this.camera = camera;
        this.userAgent = userAgent;
        this.login = new Login(camera.credentials(), kinds, random);
        byte[] id = new byte[11];
        random.nextBytes(id);
        this.cookie = HexFormat.of().formatHex(id);
        this.refused = new TunnelRefused(Refusal.of(camera), "RTSP in HTTP");
        actions.add(new TunnelAction.Connect(Line.DOWN));
    }

    @Override
    public void connected(long nowNanos, Line line) {
        now = nowNanos;
        if (over) {
            return;
        }
        if (line == Line.DOWN) {
            downConnected = true;
            lateNanos = nowNanos + LATE_NANOS;
            send(Line.DOWN, head("GET") + "Accept: application/x-rtsp-tunnelled\r\n\r\n");
            return;
        }
        upConnected = true;
        up = new HttpAnswer.Reader();
        send(
                Line.UP,
                head("POST") + "Content-Type: application/x-rtsp-tunnelled\r\nContent-Length: 32767\r\n"
                        + "Expires: Sun, 9 Jan 1972 00:00:00 GMT\r\n\r\n");
        carried = unconfirmed.size() > 0;
        confirmed = false;
        if (carried) {
            send(Line.UP, Base64.getEncoder().encodeToString(unconfirmed.toByteArray()));
        }
        if (!open) {
            open = true;
            actions.add(new TunnelAction.Open());
        }
    }

    private String head(String method) {
        String path = RtspScheme.tunnelPath(camera);
        return method + " " + path + " HTTP/1.0\r\nHost: " + RtspScheme.authorityOf(camera) + "\r\nUser-Agent: "
                + userAgent + "\r\nx-sessioncookie: " + cookie + "\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n"
                + login.answer(method, path)
                        .map(answer -> Authorization.NAME + ": " + answer + "\r\n")
                        .orElse("");
    }

    @Override
    public void receive(long nowNanos, Line line, ByteBuffer bytes, Consumer<ByteBuffer> stream) {
        now = nowNanos;
        if (over) {
            return;
        }
        try {
            if (line == Line.UP) {
                if (!postAnswered) {
                    finalAnswer(up, bytes).ifPresent(this::postAnswered);
                }
                // What follows an answer is its body, and says nothing.
                return;
            }
            if (down != null) {
                Optional<HttpAnswer> answer = finalAnswer(down, bytes);
                if (answer.isEmpty() || !getAnswered(answer.get())) {
                    return;
                }
            }
        } catch (IllegalArgumentException e) {
            fail(refused.noHttp());
            return;
        }
        if (bytes.hasRemaining()) {
            unconfirmed.reset();
            confirmed |= carried;
            postStays |= doubtNanos.isPresent();
            doubtNanos = OptionalLong.empty();
            postRepeated = false;
            stream.accept(bytes);
        }
    }

    private static Optional<HttpAnswer> finalAnswer(HttpAnswer.Reader reader, ByteBuffer bytes) {
        Optional<HttpAnswer> answer = reader.read(bytes);
        while (answer.isPresent() && answer.get().isInformational()) {
            answer = reader.read(bytes);
        }
        return answer;
    }

    private boolean getAnswered(HttpAnswer answer) {
        if (answer.status() == 200) {
            down = null;
            login.accepted();
            wantUp();
            return true;
        }
        down = new HttpAnswer.Reader();
        if (mayRepeat(answer, getRepeated)) {
            getRepeated = true;
            downConnected = false;
            if (upWanted) {
                noPost();
                actions.add(new TunnelAction.Close(Line.UP));
            }
            actions.add(new TunnelAction.Connect(Line.DOWN));
        }
        return false;
    }

    private void postAnswered(HttpAnswer answer) {
        if (answer.status() < 300) {
            postAnswered = true;
            if (isLost()) {
                doubt();
            }
            return;
        }
        if (!mayRepeat(answer, postRepeated)) {
            return;
        }
        postRepeated = true;
        noPost();
        actions.add(new TunnelAction.Close(Line.UP));
        if (unconfirmed.size() > 0) {
            wantUp();
        }
    }

    /** Judges a refusal; if it is final, the tunnel is over. */
    private boolean mayRepeat(HttpAnswer answer, boolean repeated) {
        if (answer.status() != 401) {
            fail(refused.status(answer.status()));
            return false;
        }
        Login.Verdict verdict = login.challenged(answer.headers(), repeated);
        if (verdict != Login.Verdict.AGAIN) {
            fail(refused.login(verdict.sentence()));
            return false;
        }
        return true;
    }

    @Override
    public void disconnected(Line line) {
        if (over) {
            return;
        }
        if (line == Line.DOWN) {
            fail(refused.closed());
        } else {
            // The answer to what it has carried comes down.
            boolean again = isLost();
            postPerRequest |= carried;
            noPost();
            if (again) {
                wantUp();
            }
        }
    }

    private void noPost() {
        upConnected = false;
        upWanted = false;
        carried = false;
        confirmed = false;
        postAnswered = false;
        doubtNanos = OptionalLong.empty();
    }

    private void doubt() {
        if (!postStays && doubtNanos.isEmpty()) {
            doubtNanos = OptionalLong.of(now + LATE_NANOS);
        }
    }

    /** Whether something was written to a POST whose last request had been answered: who ends it then has not heard it. */
    private boolean isLost() {
        return confirmed && unconfirmed.size() > 0;
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (over) {
            return;
        }
        byte[] said = new byte[bytes.remaining()];
        bytes.get(said);
        if (postPerRequest && carried) {
            noPost();
        }
        if (unconfirmed.size() + said.length > MAX_UNCONFIRMED) {
            unconfirmed.reset();
        }
        if (!upConnected && !upWanted) {
            // What was said on the one before was heard, or it would have been refused.
            unconfirmed.reset();
        }
        unconfirmed.writeBytes(said);
        if (upConnected) {
            if (postAnswered) {
                doubt();
            }
            carried = true;
            send(Line.UP, Base64.getEncoder().encodeToString(said));
        } else {
            wantUp();
        }
    }

    @Override
    public void wake(long nowNanos) {
        now = nowNanos;
        if (over) {
            return;
        }
        if (doubtNanos.isPresent() && nowNanos - doubtNanos.getAsLong() >= 0) {
            postPerRequest = true;
            noPost();
            wantUp();
        } else if (isGetLate() && nowNanos - lateNanos >= 0) {
            wantUp();
        }
    }

    @Override
    public OptionalLong deadlineNanos() {
        if (over) {
            return OptionalLong.empty();
        }
        return isGetLate() ? OptionalLong.of(lateNanos) : doubtNanos;
    }

    private boolean isGetLate() {
        return downConnected && down != null && !upWanted;
    }

    private void wantUp() {
        if (!upWanted) {
            upWanted = true;
            actions.add(new TunnelAction.Connect(Line.UP));
        }
    }

    @Override
    public @Nullable TunnelAction poll() {
        return actions.poll();
    }

    private void send(Line line, String text) {
        actions.add(new TunnelAction.Send(line, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private void fail(RelayException why) {
        over = true;
        actions.add(new TunnelAction.Fail(why));
    }
}
