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
 * when they have both. A POST that the camera ends is made anew for the next request. HTTP/1.0, so that no response is
 * chunked.
 */
public final class HttpTunnel implements Tunnel {

    /** How long the GET is waited for alone. */
    public static final long LATE_NANOS = 1_000_000_000L;

    private static final int MAX_UNCONFIRMED = 64 * 1024;

    private final SourceLocation camera;
    private final String userAgent;
    private final Login login;
    private final String cookie;
    private final TunnelRefused refused;
    private final Queue<TunnelAction> actions = new ArrayDeque<>();

    private HttpAnswer.@Nullable Reader down = new HttpAnswer.Reader();
    private HttpAnswer.@Nullable Reader up = new HttpAnswer.Reader();
    private boolean downConnected;
    private boolean upWanted;
    private boolean upConnected;
    private boolean getRepeated;
    private boolean postRepeated;
    private boolean open;
    private boolean over;
    private long lateNanos;

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
        if (unconfirmed.size() > 0) {
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
        if (over) {
            return;
        }
        try {
            if (line == Line.UP) {
                if (up != null) {
                    up.read(bytes).ifPresent(this::postAnswered);
                }
                return;
            }
            if (down != null) {
                Optional<HttpAnswer> answer = down.read(bytes);
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
            postRepeated = false;
            stream.accept(bytes);
        }
    }

    private boolean getAnswered(HttpAnswer answer) {
        if (answer.status() == 200) {
            down = null;
            login.accepted();
            wantUp();
            return true;
        }
        down = new HttpAnswer.Reader();
        if (answer.status() >= 200 && mayRepeat(answer, getRepeated)) {
            getRepeated = true;
            downConnected = false;
            if (upWanted) {
                upWanted = false;
                upConnected = false;
                actions.add(new TunnelAction.Close(Line.UP));
            }
            actions.add(new TunnelAction.Connect(Line.DOWN));
        }
        return false;
    }

    private void postAnswered(HttpAnswer answer) {
        if (answer.status() < 200) {
            return;
        }
        if (answer.status() < 300) {
            // MediaMTX says so at once and goes on reading; who takes one POST for each request closes it.
            unconfirmed.reset();
            up = null;
            return;
        }
        if (!mayRepeat(answer, postRepeated)) {
            return;
        }
        postRepeated = true;
        upConnected = false;
        upWanted = false;
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
            // Cameras close it after each request; the answer comes down.
            upConnected = false;
            upWanted = false;
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (over) {
            return;
        }
        byte[] said = new byte[bytes.remaining()];
        bytes.get(said);
        if (unconfirmed.size() + said.length > MAX_UNCONFIRMED) {
            unconfirmed.reset();
        }
        if (!upConnected && !upWanted) {
            // What was said on the one before was heard, or it would have been refused.
            unconfirmed.reset();
        }
        unconfirmed.writeBytes(said);
        if (upConnected) {
            send(Line.UP, Base64.getEncoder().encodeToString(said));
        } else {
            wantUp();
        }
    }

    @Override
    public void wake(long nowNanos) {
        if (deadlineNanos().isPresent() && nowNanos - lateNanos >= 0) {
            wantUp();
        }
    }

    @Override
    public OptionalLong deadlineNanos() {
        boolean waiting = !over && downConnected && down != null && !upWanted;
        return waiting ? OptionalLong.of(lateNanos) : OptionalLong.empty();
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
