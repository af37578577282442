package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.Trust;
import dev.oriel.api.media.Bytes;
import dev.oriel.ingest.rtsp.ScriptedCamera.Mood;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RTSPS: who is trusted, and what is said of those who are not. */
@Timeout(60)
class EncryptedCameraTest {

    private static final byte[] IDR = HexFormat.of().parseHex("65888404");

    @TempDir
    static Path folder;

    private static TestCertificate named;
    private static TestCertificate other;
    private static TestCertificate expired;

    private final RtspIngestEngine engine = new RtspIngestEngine();
    private final SinkLog sink = new SinkLog();

    @BeforeAll
    static void makeCertificates() throws Exception {
        named = TestCertificate.make(folder, "-ext", "SAN=ip:127.0.0.1");
        other = TestCertificate.make(folder, "-ext", "SAN=dns:elsewhere.example");
        expired = TestCertificate.make(folder, "-ext", "SAN=ip:127.0.0.1", "-startdate", "-10d", "-validity", "3");
    }

    @AfterEach
    void stopEngine() {
        engine.stop();
    }

    private static SSLServerSocket socket(TestCertificate certificate) throws Exception {
        return (SSLServerSocket) certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    private String endingOf(ScriptedCamera camera, Trust trust) throws Exception {
        open(camera, trust);
        return sink.ending();
    }

    private void open(ScriptedCamera camera, Trust trust) {
        engine.open(
                SourceLocation.parse(camera.url().replace("rtsp:", "rtsps:")), CameraOptions.DEFAULT.with(trust), sink);
    }

    @Test
    void pinned_theRightCertificate_bringsThePicture() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING, socket(expired))) {
            open(camera, new Trust.Pinned(expired.sha256()));

            assertEquals(2, sink.tracks().size());
            camera.send(0, 1, 3000, IDR);
            assertTrue(sink.packet().startsKeyframe());
        }
    }

    @Test
    void pinned_anotherCertificate_isRefusedByItsFingerprint() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING, socket(named))) {
            String pinned = "00:".repeat(31) + "00";

            assertEquals(
                    "CameraUnreachable: The camera at " + camera.name()
                            + " has another certificate than the pinned one: its SHA-256 fingerprint is "
                            + named.fingerprint() + ", and not " + pinned + ".",
                    endingOf(camera, new Trust.Pinned(Bytes.copyOf(new byte[32]))));
            assertEquals(0, camera.asked.size(), "nothing was said to it");
        }
    }

    /** A user who has left out the "s", or named the wrong port. */
    @Test
    void plainUrl_atAnEncryptedPort_isSaid() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING, socket(named))) {
            engine.open(SourceLocation.parse(camera.url()), CameraOptions.DEFAULT, sink);

            assertEquals(
                    "CameraUnsupported: The camera at " + camera.name()
                            + " encrypts its connections (TLS): its URL begins with rtsps://, or has another port.",
                    sink.ending());
        }
    }

    @Test
    void plainUrl_atAWebServer_isSaid() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.start();
        try {
            String name = "127.0.0.1:" + server.getAddress().getPort();
            engine.open(SourceLocation.parse("rtsp://" + name + "/"), CameraOptions.DEFAULT, sink);

            assertEquals(
                    "CameraUnsupported: The camera at " + name
                            + " answers like a web server: RTSP is at another port, or in HTTP (rtsp+http://).",
                    sink.ending());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anybody_selfSignedForAnotherName_bringsThePicture() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING, socket(other))) {
            open(camera, Trust.ANYBODY);

            assertEquals(2, sink.tracks().size());
        }
    }

    @Test
    void authorities_selfSigned_isRefusedByItsFingerprint() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING, socket(named))) {
            assertEquals(
                    "CameraUnreachable: The camera at " + camera.name()
                            + " has a certificate that it signed itself (SHA-256 fingerprint " + named.fingerprint()
                            + ").",
                    endingOf(camera, Trust.AUTHORITIES));
        }
    }

    @Test
    void authorities_expired_isSaidWithTheDay() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING, socket(expired))) {
            String sentence = endingOf(camera, Trust.AUTHORITIES);

            assertTrue(sentence.matches(".* has a certificate that expired on \\d{4}-\\d\\d-\\d\\d \\(.*"), sentence);
        }
    }

    @Test
    void authorities_knownCertificate_isHeldToTheAddress() throws Exception {
        try (ScriptedCamera right = new ScriptedCamera(Mood.WILLING, socket(named));
                ScriptedCamera wrong = new ScriptedCamera(Mood.WILLING, socket(other))) {
            assertEquals("", handshake(right, named.authorities()));
            assertEquals(
                    "has a certificate for another name or address (SHA-256 fingerprint " + other.fingerprint() + ")",
                    handshake(wrong, other.authorities()));
        }
    }

    /** This Java would not play such a camera's part, so its one answer is written here: a fatal alert. */
    @Test
    void camera_oldTlsOnly_isSaid() throws Exception {
        byte[] protocolVersion = HexFormat.of().parseHex("15030200020246");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            engine.open(
                    SourceLocation.parse("rtsps://127.0.0.1:" + server.getLocalPort() + "/"),
                    CameraOptions.DEFAULT.with(Trust.ANYBODY),
                    sink);
            try (Socket client = server.accept()) {
                assertEquals(0x16, client.getInputStream().read(), "a handshake record");
                client.getOutputStream().write(protocolVersion);

                assertEquals(
                        "CameraUnreachable: The camera at 127.0.0.1:" + server.getLocalPort()
                                + " has only encryption that counts as broken today (such as TLS 1.0 or 1.1, or keys"
                                + " that are too short).",
                        sink.ending());
            }
        }
    }

    @Test
    void camera_withoutTls_isSaid() throws Exception {
        try (ScriptedCamera silent = new ScriptedCamera(Mood.SILENT)) {
            String sentence = endingOf(silent, Trust.ANYBODY);

            assertTrue(sentence.contains("TLS handshake"), sentence);
        }
    }

    /** What comes of a handshake where these authorities are known; nothing when it is a good one. */
    private static String handshake(ScriptedCamera camera, KeyStore authorities) throws Exception {
        SourceLocation location = SourceLocation.parse(camera.url().replace("rtsp:", "rtsps:"));
        SslHandler handler =
                Encryption.of(location, Trust.AUTHORITIES, authorities).handler();
        IngestThreads threads = new IngestThreads();
        try {
            Channel channel = new Bootstrap()
                    .group(threads.loop())
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(location.host(), location.port())
                    .sync()
                    .channel();
            channel.pipeline().addLast(handler, new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                    context.close();
                }
            });
            assertTrue(handler.handshakeFuture().await(10, TimeUnit.SECONDS));
            channel.close().sync();
            return handler.handshakeFuture().isSuccess()
                    ? ""
                    : HandshakeFault.of(handler.handshakeFuture().cause());
        } finally {
            threads.close();
        }
    }
}
