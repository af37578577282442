package dev.oriel.demo;

import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What came over a connection, taken apart. */
final class Frames implements RtspReader.Events {

    final List<RtspResponse> responses = new ArrayList<>();
    final List<Frame> frames = new ArrayList<>();
    private final RtspReader reader = new RtspReader();

    /** One interleaved frame with a packet in it. */
    record Frame(int channel, byte[] packet) {

        int payloadType() {
            return packet[1] & 0x7f;
        }

        boolean marker() {
            return packet[1] < 0;
        }

        int sequenceNumber() {
            return ByteBuffer.wrap(packet).getShort(2) & 0xffff;
        }

        int timestamp() {
            return ByteBuffer.wrap(packet).getInt(4);
        }

        int ssrc() {
            return ByteBuffer.wrap(packet).getInt(8);
        }

        byte[] payload() {
            return Arrays.copyOfRange(packet, 12, packet.length);
        }
    }

    void receive(ByteBuffer bytes) {
        reader.receive(bytes, this);
    }

    List<Frame> of(int channel) {
        return frames.stream().filter(frame -> frame.channel() == channel).toList();
    }

    @Override
    public void onRequest(RtspRequest request) {
        throw new AssertionError("A camera asks nothing");
    }

    @Override
    public void onResponse(RtspResponse response) {
        responses.add(response);
    }

    @Override
    public void onFrame(int channel, byte[] slab, int offset, int length) {
        frames.add(new Frame(channel, Arrays.copyOfRange(slab, offset, offset + length)));
    }
}
