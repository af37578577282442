package dev.oriel.testkit.scripted;

import dev.oriel.api.time.Ambient;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A camera on a free port of the loopback interface that follows a {@link Script}: its connections play what the script has
 * for each, and when it is over the next one begins it again. When the script is over the camera stays silent, and takes what comes.
 *
 * <p>Its threads are called {@code scripted-camera} and end with {@link #close}.
 */
public final class ScriptedCamera implements AutoCloseable {

    /** Another address of this machine, where datagrams may come from (Linux has the whole of 127/8). */
    public static final String ELSEWHERE = "127.0.0.2";

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX_REQUEST_BYTES = 65_536;

    private final ServerSocket server;
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final DatagramSocket stranger;
    private final DatagramSocket elsewhere;
    private final Script script;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final CompletableFuture<Void> closeIsDue = new CompletableFuture<>();

    /** The camera of a script in this package's resources, listening. */
    public static ScriptedCamera of(String scriptName) throws IOException {
        ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        return new ScriptedCamera(server, Script.named(scriptName, "127.0.0.1:" + server.getLocalPort()));
    }

    /** The camera of a script that is written in the test, listening. */
    public static ScriptedCamera playing(String text) throws IOException {
        ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        return new ScriptedCamera(server, Script.parse("text", text, "127.0.0.1:" + server.getLocalPort()));
    }

    private ScriptedCamera(ServerSocket server, Script script) throws IOException {
        this.server = server;
        this.script = script;
        this.rtp = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        this.rtcp = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        this.stranger = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        this.elsewhere = script.steps().stream()
                        .anyMatch(step ->
                                step instanceof Step.SendsDatagram sends && sends.from() == Step.Sender.ELSEWHERE)
                ? new DatagramSocket(new InetSocketAddress(ELSEWHERE, 0))
                : stranger;
        start(this::accept);
    }

    /** What to open. */
    public String url() {
        return script.url();
    }

    /** Host and port, as failures name it. */
    public String name() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What it plays. */
    public Script script() {
        return script;
    }

    /** The methods it was asked for, in order, over all connections. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Done when the script was played to its end; failed with an {@link AssertionError} when a client said another thing. */
    public CompletableFuture<Void> played() {
        return played;
    }

    /** Done when the script wants the client to close. */
    public CompletableFuture<Void> closeIsDue() {
        return closeIsDue;
    }

    @Override
    public void close() throws IOException {
        server.close();
        rtp.close();
        rtcp.close();
        stranger.close();
        elsewhere.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        List<List<Step>> connections = script.connections();
        for (int i = 0; !server.isClosed(); i = (i + 1) % connections.size()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                List<Step> steps = connections.get(i);
                boolean last = i == connections.size() - 1;
                start(() -> serve(client, steps, last));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Ambient(reason = "a camera for tests has threads of its own")
    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-camera");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client, List<Step> steps, boolean last) {
        try (client) {
            client.setSoTimeout(PATIENCE_MILLIS);
            client.setTcpNoDelay(true);
            Conversation conversation = new Conversation(client);
            for (Step step : steps) {
                conversation.play(step);
            }
            if (last) {
                played.complete(null);
            }
            if (client.isClosed()) {
                return;
            }
            client.setSoTimeout(0);
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (AssertionError e) {
            played.completeExceptionally(e);
        } catch (IOException e) {
            if (!played.isDone()) {
                played.completeExceptionally(new AssertionError(script + ": " + e, e));
            }
        } finally {
            clients.remove(client);
        }
    }

    /** One connection. */
    private final class Conversation {
        private final Socket client;
        private final InputStream in;
        private final Guard guard = new Guard(script.login());
        private final Clips clips = new Clips();
        private final List<Integer> clientPorts = new ArrayList<>();
        private Heard last = Heard.NOTHING;

        Conversation(Socket client) throws IOException {
            this.client = client;
            this.in = client.getInputStream();
        }

        void play(Step step) throws IOException {
            if (step instanceof Step.Hears hears) {
                hear();
                check(step, last.differs(hears, guard).orElse(""));
            } else if (step instanceof Step.HearsExactly hears) {
                hear();
                check(step, last.differs(hears).orElse(""));
            } else if (step instanceof Step.Says says) {
                say(says.text());
            } else if (step instanceof Step.AnswersAsUsual usual) {
                do {
                    hear();
                    say(Saying.usual(last, usual.description()));
                } while (!last.method().equals("PLAY"));
            } else if (step instanceof Step.SendsFrame frame) {
                for (byte[] packet : clips.packets(frame.channel(), frame.clip())) {
                    send(Clips.interleaved(frame.channel(), packet));
                }
            } else if (step instanceof Step.SendsDatagram datagram) {
                sendDatagram(datagram);
            } else if (step instanceof Step.HearsDatagram hears) {
                hearDatagram(hears);
            } else if (step instanceof Step.SendsBytes bytes) {
                send(HexFormat.of().parseHex(bytes.hex()));
            } else if (step instanceof Step.Ends ends) {
                end(ends.ending());
            }
        }

        private void check(Step step, String difference) {
            if (!difference.isEmpty()) {
                throw new AssertionError(
                        script + " line " + step.line() + ": heard " + last.lines() + ", " + difference);
            }
        }

        private void say(String text) throws IOException {
            String filled = Saying.filled(text, last, rtp.getLocalPort() + "-" + rtcp.getLocalPort());
            guard.said(filled);
            send(filled.getBytes(StandardCharsets.UTF_8));
        }

        private void send(byte[] bytes) throws IOException {
            client.getOutputStream().write(bytes);
        }

        private void sendDatagram(Step.SendsDatagram step) throws IOException {
            boolean report = step.clip().equals("sr") || step.clip().equals("goodbye");
            int port = clientPorts.get(step.track()) + (report ? 1 : 0);
            DatagramSocket from = switch (step.from()) {
                case CAMERA -> report ? rtcp : rtp;
                case STRANGER -> stranger;
                case ELSEWHERE -> elsewhere;
            };
            for (byte[] packet : clips.packets(2 * step.track(), step.clip())) {
                from.send(new DatagramPacket(packet, packet.length, InetAddress.getByName("127.0.0.1"), port));
            }
        }

        private void hearDatagram(Step.HearsDatagram step) throws IOException {
            DatagramSocket on = step.report() ? rtcp : rtp;
            on.setSoTimeout(PATIENCE_MILLIS);
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            do {
                on.receive(packet);
            } while (packet.getPort() != clientPorts.get(step.track()) + (step.report() ? 1 : 0));
        }

        private void end(Step.Ending ending) throws IOException {
            switch (ending) {
                case CLOSE -> closeIsDue.complete(null);
                case HANG_UP, AGAIN -> client.close();
                case RESET -> {
                    client.setSoLinger(true, 0);
                    client.close();
                }
            }
        }

        /** Reads a request; media that the client sends between its requests is passed over. */
        private void hear() throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                int next = read();
                if (text.isEmpty() && next == '$') {
                    read();
                    in.skipNBytes(read() << 8 | read());
                    continue;
                }
                text.append((char) next);
                if (text.length() > MAX_REQUEST_BYTES) {
                    throw new IOException("a request without an end");
                }
            }
            last = new Heard(text.toString().strip().lines().toList());
            asked.add(last.method());
            String ports = last.numbers("client_port");
            if (!ports.isEmpty()) {
                clientPorts.add(Integer.parseInt(ports.split("-")[0]));
            }
        }

        private int read() throws IOException {
            int next = in.read();
            if (next < 0) {
                throw new EOFException(
                        "the client is gone after " + last.lines().get(0));
            }
            return next;
        }
    }
}
