package dev.oriel.ingest.rtsp;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.rtsp.InterleavedFrame;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.RtspSyntaxException;
import dev.oriel.protocol.rtsp.TransportHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A camera on this machine that does as it is told: lets in, is silent, goes away. */
final class ScriptedCamera implements AutoCloseable {

    /** What it does apart from the usual. */
    enum Mood {
        WILLING,
        /** Lets nobody in. */
        GUARDED,
        /** Takes the connection and says nothing. */
        SILENT,
        /** Closes the connection instead of answering DESCRIBE. */
        LEAVING,
        /** Sends its media in datagrams only. */
        DATAGRAMS
    }

    private static final String SDP = String.join(
            "\r\n",
            "v=0",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "a=fmtp:96 sprop-parameter-sets=Z0IAHpWgFAUBbsA=,aM48gA==",
            "a=control:v",
            "m=audio 0 RTP/AVP 8",
            "a=control:a",
            "");

    private final ServerSocket server;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<Integer> viewerPorts = new CopyOnWriteArrayList<>();
    private final Mood mood;

    /** The methods that were asked for, in order. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    ScriptedCamera(Mood mood) throws IOException {
        this(mood, new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    }

    /** A camera behind a socket that may encrypt. */
    ScriptedCamera(Mood mood, ServerSocket server) throws IOException {
        this.mood = mood;
        this.server = server;
        Thread thread = new Thread(this::accept, "scripted-camera");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "rtsp://user:secret@127.0.0.1:" + server.getLocalPort() + "/1";
    }

    String name() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Sends one RTP packet to everyone. */
    void send(int channel, int sequence, int timestamp, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(16 + payload.length);
        InterleavedFrame.putHeader(frame, channel, 12 + payload.length);
        frame.put((byte) 0x80)
                .put((byte) (channel == 0 ? 0xe0 : 0x88))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(channel)
                .put(payload);
        for (Socket client : clients) {
            try {
                client.getOutputStream().write(frame.array());
            } catch (SocketException e) {
                // This one is about to leave.
                continue;
            }
        }
    }

    void dropClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        udp.close();
        dropClients();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                Thread thread = new Thread(() -> serve(client), "scripted-camera-client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        RtspReader reader = new RtspReader();
        byte[] buffer = new byte[4096];
        try (client) {
            OutputStream out = client.getOutputStream();
            for (int n = client.getInputStream().read(buffer);
                    n > 0;
                    n = client.getInputStream().read(buffer)) {
                reader.receive(ByteBuffer.wrap(buffer, 0, n), new RtspReader.Events() {
                    @Override
                    public void onRequest(RtspRequest request) {
                        try {
                            answer(request, client, out);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    @Override
                    public void onResponse(RtspResponse response) {}

                    @Override
                    public void onFrame(int channel, byte[] slab, int offset, int length) {}
                });
            }
        } catch (IOException | UncheckedIOException | RtspSyntaxException e) {
            // Closed by a test, or by the other side; or spoken to in another protocol.
            return;
        } finally {
            clients.remove(client);
        }
    }

    private void answer(RtspRequest request, Socket client, OutputStream out) throws IOException {
        asked.add(request.method());
        RtspHeaders headers =
                RtspHeaders.of("CSeq", String.valueOf(request.headers().cseq()));
        if (mood == Mood.SILENT) {
            return;
        }
        boolean describe = request.method().equals("DESCRIBE");
        if (describe) {
            viewerPorts.clear();
        }
        if (mood == Mood.LEAVING && describe) {
            client.close();
            return;
        }
        RtspResponse response;
        if (mood == Mood.GUARDED && describe) {
            response = RtspResponse.of(
                    401, headers.with("WWW-Authenticate", "Digest realm=\"x\", nonce=\"" + asked.size() + "\""));
        } else if (describe) {
            response = new RtspResponse(200, "OK", headers, Bytes.copyOf(SDP.getBytes(StandardCharsets.US_ASCII)));
        } else if (request.method().equals("SETUP")) {
            String transport = request.headers().first("Transport").orElseThrow();
            if (mood == Mood.DATAGRAMS) {
                Optional<TransportHeader.Pair> ports =
                        TransportHeader.parse(transport).get(0).pair("client_port");
                if (ports.isEmpty()) {
                    ByteBuffer refusal = RtspResponse.of(461, headers).write();
                    out.write(refusal.array(), 0, refusal.remaining());
                    return;
                }
                viewerPorts.add(ports.get().rtp());
                transport += ";server_port=" + udp.getLocalPort() + "-" + (udp.getLocalPort() + 1);
            }
            response =
                    RtspResponse.of(200, headers.with("Session", "1;timeout=2").with("Transport", transport));
        } else {
            response = RtspResponse.of(200, headers);
        }
        ByteBuffer wire = response.write();
        out.write(wire.array(), 0, wire.remaining());
        if (request.method().equals("PLAY")) {
            // Media begins to flow: an empty packet, which no viewer sees.
            byte[] first = {(byte) 0x80, 96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            if (mood == Mood.DATAGRAMS) {
                sendDatagram(first);
            } else {
                out.write(new byte[] {'$', 0, 0, 12});
                out.write(first);
            }
        }
    }

    /** Sends a packet to the port of the first track of whoever plays. */
    void sendDatagram(byte[] rtp) throws IOException {
        udp.send(new DatagramPacket(rtp, rtp.length, InetAddress.getLoopbackAddress(), viewerPorts.get(0)));
    }
}
