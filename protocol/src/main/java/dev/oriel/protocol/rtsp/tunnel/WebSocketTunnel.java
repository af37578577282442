package dev.oriel.protocol.rtsp.tunnel;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.protocol.rtsp.Authorization;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.client.Login;
import dev.oriel.protocol.rtsp.client.Refusal;
import dev.oriel.protocol.rtsp.tunnel.TunnelAction.Line;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * RTSP in the binary frames of a WebSocket with the subprotocol {@code rtsp.onvif.org} (RFC 6455, ONVIF Streaming
 * Specification). Where one frame ends means nothing for what is in it.
 *
 * <p>Lenient: the camera need not name the subprotocol, and may use text frames. The payload of a frame is passed on as it
 * comes, so a frame may have any length.
 */
public final class WebSocketTunnel implements Tunnel {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int FINAL_BINARY = 0x82;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int CLOSE = 8;
    private static final int MAX_CONTROL = 125;

    private final SourceLocation camera;
    private final String userAgent;
    private final Login login;
    private final RandomGenerator random;
    private final TunnelRefused refused;
    private final Queue<TunnelAction> actions = new ArrayDeque<>();

    private HttpAnswer.@Nullable Reader answer = new HttpAnswer.Reader();
    private String key = "";
    private boolean repeated;
    private boolean over;

    /** The header of the frame that is read, as far as it has come; then how much of its payload is missing. */
    private final ByteBuffer header = ByteBuffer.allocate(14);

    private boolean inPayload;
    private int opcode;
    private long missing;
    private final ByteBuffer control = ByteBuffer.allocate(MAX_CONTROL);

    /** A tunnel that is about to connect. */
    public WebSocketTunnel(SourceLocation camera, CameraOptions.Login kinds, String userAgent, RandomGenerator random) {
        this.camera = camera;
        this.userAgent = userAgent;
        this.login = new Login(camera.credentials(), kinds, random);
        this.random = random;
        this.refused = new TunnelRefused(Refusal.of(camera), "RTSP in a WebSocket");
        actions.add(new TunnelAction.Connect(Line.DOWN));
    }

    @Override
    public void connected(long nowNanos, Line line) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        key = Base64.getEncoder().encodeToString(nonce);
        answer = new HttpAnswer.Reader();
        String path = RtspScheme.tunnelPath(camera);
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + RtspScheme.authorityOf(camera) + "\r\nUser-Agent: "
                + userAgent + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: rtsp.onvif.org\r\n"
                + login.answer("GET", path)
                        .map(value -> Authorization.NAME + ": " + value + "\r\n")
                        .orElse("")
                + "\r\n";
        actions.add(new TunnelAction.Send(Line.DOWN, ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void receive(long nowNanos, Line line, ByteBuffer bytes, Consumer<ByteBuffer> stream) {
        if (answer != null && !over) {
            try {
                Optional<HttpAnswer> read = answer.read(bytes);
                while (read.isPresent() && read.get().isInformational()) {
                    read = answer.read(bytes);
                }
                if (read.isEmpty() || !upgraded(read.get())) {
                    return;
                }
            } catch (IllegalArgumentException e) {
                fail(refused.noHttp());
            }
        }
        while (!over && (bytes.hasRemaining() || inPayload && missing == 0)) {
            if (inPayload) {
                readPayload(bytes, stream);
            } else {
                header.put(bytes.get());
                beginPayload();
            }
        }
    }

    private boolean upgraded(HttpAnswer read) {
        if (read.status() == 101) {
            answer = null;
            login.accepted();
            if (read.headers()
                    .first("Sec-WebSocket-Accept")
                    .filter(accept(key)::equals)
                    .isEmpty()) {
                fail(refused.broken("answers a WebSocket's handshake with a wrong key"));
                return false;
            }
            actions.add(new TunnelAction.Open());
            return true;
        }
        if (read.status() == 401) {
            Login.Verdict verdict = login.challenged(read.headers(), repeated);
            repeated = true;
            if (verdict == Login.Verdict.AGAIN) {
                answer = new HttpAnswer.Reader();
                actions.add(new TunnelAction.Connect(Line.DOWN));
            } else {
                fail(refused.login(verdict.sentence()));
            }
        } else {
            fail(refused.status(read.status()));
        }
        return false;
    }

    /** What proves that the other side speaks WebSocket (RFC 6455 section 4.2.2). */
    static String accept(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    /** Reads the header, if it is complete (RFC 6455 section 5.2). */
    private void beginPayload() {
        int have = header.position();
        if (have < 2) {
            return;
        }
        int length = header.get(1) & 0x7f;
        if ((header.get(1) & 0x80) != 0 || (header.get(0) & 0x70) != 0) {
            fail(refused.broken("sends a WebSocket frame that was not agreed upon"));
            return;
        }
        int needed = length == 127 ? 10 : length == 126 ? 4 : 2;
        if (have < needed) {
            return;
        }
        missing = length == 127 ? header.getLong(2) : length == 126 ? header.getShort(2) & 0xffff : length;
        opcode = header.get(0) & 0x0f;
        header.clear();
        control.clear();
        inPayload = true;
        if (missing < 0 || opcode >= CLOSE && missing > MAX_CONTROL) {
            fail(refused.broken("sends a WebSocket frame of an impossible length"));
        }
    }

    private void readPayload(ByteBuffer bytes, Consumer<ByteBuffer> stream) {
        int n = (int) Math.min(missing, bytes.remaining());
        ByteBuffer part = bytes.slice(bytes.position(), n);
        bytes.position(bytes.position() + n);
        missing -= n;
        if (opcode >= CLOSE) {
            control.put(part);
        } else if (n > 0) {
            stream.accept(part);
        }
        if (missing == 0) {
            inPayload = false;
            if (opcode == PING) {
                frame(0x80 | PONG, control.flip());
            } else if (opcode == CLOSE) {
                fail(refused.closed());
            }
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (!over) {
            frame(FINAL_BINARY, bytes);
        }
    }

    /** What a client sends is masked (RFC 6455 section 5.3). */
    private void frame(int first, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer out = ByteBuffer.allocate(14 + length).put((byte) first);
        if (length <= MAX_CONTROL) {
            out.put((byte) (0x80 | length));
        } else if (length <= 0xffff) {
            out.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        out.put(mask);
        for (int i = 0; i < length; i++) {
            out.put((byte) (payload.get() ^ mask[i & 3]));
        }
        actions.add(new TunnelAction.Send(Line.DOWN, out.flip()));
    }

    @Override
    public void disconnected(Line line) {
        if (!over) {
            fail(refused.closed());
        }
    }

    @Override
    public @Nullable TunnelAction poll() {
        return actions.poll();
    }

    private void fail(RelayException why) {
        over = true;
        actions.add(new TunnelAction.Fail(why));
    }
}
