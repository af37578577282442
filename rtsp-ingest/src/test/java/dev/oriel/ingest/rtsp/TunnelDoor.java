package dev.oriel.ingest.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** An HTTP server on this machine in front of a scripted camera: RTSP gets in by a tunnel only. */
final class TunnelDoor implements AutoCloseable {

    /** What it does apart from the usual. */
    enum Mood {
        WILLING,
        /** Asks for a login by Digest. */
        GUARDED,
        /** Answers the GET when it has the POST. */
        LATE,
        /** Answers the POST at once, and ends all when that is closed, as MediaMTX does. */
        CONFIRMING,
        /** Has nothing there. */
        EMPTY
    }

    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final Map<String, Socket> gets = new ConcurrentHashMap<>();
    private final Map<String, Socket> inside = new ConcurrentHashMap<>();
    private final List<Socket> all = new CopyOnWriteArrayList<>();
    private final Mood mood;
    private final int cameraPort;

    /** The start lines of what was asked for. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    TunnelDoor(Mood mood, ScriptedCamera camera) throws IOException {
        this.mood = mood;
        this.cameraPort = Integer.parseInt(camera.name().replaceFirst(".*:", ""));
        run(() -> {
            while (true) {
                Socket client = server.accept();
                all.add(client);
                run(() -> serve(client));
            }
        });
    }

    String name() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : all) {
            socket.close();
        }
    }

    private interface Io {
        void run() throws Exception;
    }

    private static void run(Io io) {
        Thread thread = new Thread(
                () -> {
                    try {
                        io.run();
                    } catch (Exception e) {
                        // Closed by a test, or by the other side.
                        return;
                    }
                },
                "scripted-camera-tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws Exception {
        InputStream in = client.getInputStream();
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        asked.add(head.get(0));
        if (mood == Mood.EMPTY) {
            answer(client, "404 Not Found\r\nContent-Length: 0");
            client.close();
        } else if (mood == Mood.GUARDED && field(head, "Authorization").isEmpty()) {
            answer(client, "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"1\", qop=\"auth\"");
            client.close();
        } else if (field(head, "Upgrade").equals("websocket")) {
            webSocket(client, field(head, "Sec-WebSocket-Key"));
        } else if (head.get(0).startsWith("GET ")) {
            String cookie = field(head, "x-sessioncookie");
            gets.put(cookie, client);
            if (mood != Mood.LATE) {
                answer(client, "200 OK\r\nContent-Type: application/x-rtsp-tunnelled");
            }
        } else {
            post(client, in, field(head, "x-sessioncookie"));
        }
    }

    private void post(Socket client, InputStream in, String cookie) throws IOException {
        Socket get = gets.get(cookie);
        Socket camera = inside.get(cookie);
        if (camera == null) {
            if (mood == Mood.LATE) {
                answer(get, "200 OK");
            }
            camera = new Socket("127.0.0.1", cameraPort);
            all.add(camera);
            inside.put(cookie, camera);
            Socket from = camera;
            run(() -> from.getInputStream().transferTo(get.getOutputStream()));
        }
        if (mood == Mood.CONFIRMING) {
            answer(client, "200 OK\r\nContent-Type: application/x-rtsp-tunnelled");
        }
        byte[] four = in.readNBytes(4);
        while (four.length == 4) {
            byte[] three = Base64.getDecoder().decode(four);
            camera.getOutputStream().write(three);
            four = in.readNBytes(4);
        }
        if (mood == Mood.CONFIRMING) {
            get.close();
        }
    }

    private void webSocket(Socket client, String key) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        answer(
                client,
                "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol:"
                        + " rtsp.onvif.org\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(sum));
        Socket camera = new Socket("127.0.0.1", cameraPort);
        all.add(camera);
        run(() -> {
            byte[] buffer = new byte[100];
            OutputStream out = client.getOutputStream();
            for (int n = camera.getInputStream().read(buffer);
                    n > 0;
                    n = camera.getInputStream().read(buffer)) {
                // Each piece in a ping's company, as two frames of which the second continues the first.
                int half = n / 2;
                out.write(new byte[] {(byte) 0x89, 1, 'p', 2, (byte) half});
                out.write(buffer, 0, half);
                out.write(new byte[] {(byte) 0x80, (byte) (n - half)});
                out.write(buffer, half, n - half);
            }
        });
        InputStream in = client.getInputStream();
        while (true) {
            int opcode = in.read() & 0x0f;
            int length = in.read() & 0x7f;
            if (length == 126) {
                length = in.read() << 8 | in.read();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            if (opcode == 2) {
                camera.getOutputStream().write(payload);
            }
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + text + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String field(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                        .startsWith(name.toLowerCase(java.util.Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
