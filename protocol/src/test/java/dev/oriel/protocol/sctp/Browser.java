package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The other side in tests, written apart from what is tested: it opens an association and channels on it, sends until all is
 * acknowledged, and takes note of what it is told. Small: it sends everything again every half second.
 */
final class Browser {

    static final SctpPorts PORTS = new SctpPorts(5000, 5000);
    private static final long AGAIN_NANOS = 500_000_000L;

    final List<Integer> chunkTypes = new ArrayList<>();
    final List<Integer> acknowledgedChannels = new ArrayList<>();
    final List<Integer> resetByPeer = new ArrayList<>();
    final TreeMap<Integer, Data> unacknowledged = new TreeMap<>();
    boolean established;
    boolean aborted;
    boolean shutDown;
    int duplicatesTold;
    Optional<Integer> ownResetResult = Optional.empty();

    final int tag = 0x1111;
    int peerTag;
    private final ReceivedTsns received = new ReceivedTsns(0);
    private Optional<ReceivedTsns> fromPeer = Optional.empty();
    private byte[] cookie = new byte[0];
    private int nextTsn = 0xfffffff0;
    private int nextRequest = 0xfffffff0;
    private Optional<byte[]> resetRequest = Optional.empty();
    private long againNanos;

    /** Everything that is not answered yet, when it is time. */
    List<byte[]> wake(long now) {
        List<byte[]> out = new ArrayList<>();
        if (aborted || now - againNanos < 0) {
            return out;
        }
        againNanos = now + AGAIN_NANOS;
        if (!established) {
            out.add(cookie.length == 0 ? packet(0, Chunk.INIT, init()) : packet(peerTag, Chunk.COOKIE_ECHO, cookie));
            return out;
        }
        for (Data data : unacknowledged.values()) {
            out.add(packet(peerTag, Chunk.DATA, data.flags(), data.write()));
        }
        resetRequest.ifPresent(value -> out.add(packet(peerTag, Chunk.RE_CONFIG, value)));
        return out;
    }

    OptionalLong deadline() {
        return OptionalLong.of(againNanos);
    }

    void open(int stream, String label) {
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(12 + name.length)
                .put((byte) 3)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0)
                .putShort((short) name.length)
                .putShort((short) 0)
                .put(name)
                .array();
        say(stream, Data.CONTROL, message, 1000);
    }

    /** Sends a message in fragments of at most so many bytes. */
    void say(int stream, int ppid, byte[] message, int fragmentBytes) {
        for (int at = 0; at < message.length; at += fragmentBytes) {
            int to = Math.min(message.length, at + fragmentBytes);
            int flags = (at == 0 ? Data.FIRST : 0) | (to == message.length ? Data.LAST : 0);
            byte[] part = java.util.Arrays.copyOfRange(message, at, to);
            unacknowledged.put(nextTsn, new Data(flags, nextTsn, stream, 0, ppid, part));
            nextTsn++;
        }
        againNanos = 0;
    }

    void closeChannel(int stream) {
        ByteBuffer value = ByteBuffer.allocate(14)
                .putInt(nextRequest++)
                .putInt(0)
                .putInt(nextTsn - 1)
                .putShort((short) stream);
        resetRequest = Optional.of(Parameter.write(new byte[0], List.of(Parameter.of(13, value.array()))));
        againNanos = 0;
    }

    byte[] init() {
        return ByteBuffer.allocate(16 + 8)
                .putInt(tag)
                .putInt(100_000)
                .putShort((short) 1024)
                .putShort((short) 1024)
                .putInt(0xfffffff0)
                .putInt(0x8001_0008) // zero checksum acceptable, unknown to us and to be skipped
                .putInt(1)
                .array();
    }

    List<byte[]> receive(byte[] bytes) {
        List<byte[]> out = new ArrayList<>();
        SctpPacket packet = SctpPacket.read(bytes, 0, bytes.length).orElseThrow();
        for (Chunk chunk : packet.chunks()) {
            chunkTypes.add(chunk.type());
            take(packet, chunk, out);
        }
        return out;
    }

    private void take(SctpPacket packet, Chunk chunk, List<byte[]> out) {
        ByteBuffer in = chunk.value();
        if (chunk.type() == Chunk.INIT_ACK && packet.tag() == tag && cookie.length == 0) {
            Opening.Init init = Opening.Init.read(chunk).orElseThrow();
            peerTag = init.side().tag();
            cookie = init.cookie();
            fromPeer = Optional.of(new ReceivedTsns(init.side().firstTsn()));
            againNanos = 0;
        } else if (packet.tag() != tag) {
            return;
        }
        switch (chunk.type()) {
            case Chunk.COOKIE_ACK -> {
                established = true;
                againNanos = 0;
            }
            case Chunk.SACK -> acknowledged(in);
            case Chunk.DATA -> {
                Data data = Data.read(chunk).orElseThrow();
                if (fromPeer.orElse(received).add(data.tsn()) && data.payload()[0] == 2) {
                    acknowledgedChannels.add(data.stream());
                }
                out.add(packet(peerTag, Chunk.SACK, fromPeer.orElse(received).acknowledgement()));
            }
            case Chunk.ABORT -> aborted = true;
            case Chunk.SHUTDOWN_ACK -> {
                shutDown = true;
                out.add(packet(peerTag, Chunk.SHUTDOWN_COMPLETE, new byte[0]));
            }
            case Chunk.RE_CONFIG -> reconfigured(chunk, out);
            default -> {
                // Counted by its type.
            }
        }
    }

    private void acknowledged(ByteBuffer in) {
        int cumulative = in.getInt(0);
        unacknowledged.keySet().removeIf(tsn -> tsn - cumulative <= 0);
        for (int i = 0; i < in.getShort(8); i++) {
            int from = cumulative + Short.toUnsignedInt(in.getShort(12 + 4 * i));
            int to = cumulative + Short.toUnsignedInt(in.getShort(14 + 4 * i));
            unacknowledged.keySet().removeIf(tsn -> tsn - from >= 0 && tsn - to <= 0);
        }
        duplicatesTold += in.getShort(10);
    }

    private void reconfigured(Chunk chunk, List<byte[]> out) {
        for (Parameter parameter : Parameter.read(chunk.value(), 0)) {
            ByteBuffer in = parameter.value();
            if (parameter.type() == 16) {
                if (in.getInt(4) != 6) {
                    resetRequest = Optional.empty();
                }
                ownResetResult = Optional.of(in.getInt(4));
            } else if (parameter.type() == 13) {
                for (int at = 12; at < in.remaining(); at += 2) {
                    resetByPeer.add((int) in.getShort(at));
                }
                byte[] performed =
                        ByteBuffer.allocate(8).putInt(in.getInt(0)).putInt(1).array();
                out.add(packet(
                        peerTag, Chunk.RE_CONFIG, Parameter.write(new byte[0], List.of(Parameter.of(16, performed)))));
            }
        }
    }

    byte[] packet(int withTag, int type, byte[] value) {
        return packet(withTag, type, 0, value);
    }

    static byte[] packet(int withTag, int type, int flags, byte[] value) {
        PacketWriter writer = new PacketWriter();
        writer.add(type, flags, value);
        return writer.finish(PORTS, withTag);
    }
}
