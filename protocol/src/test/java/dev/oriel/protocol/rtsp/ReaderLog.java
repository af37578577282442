package dev.oriel.protocol.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes down what a reader tells; frames as text. */
final class ReaderLog implements RtspReader.Events {

    final List<Object> items = new ArrayList<>();

    record Frame(int channel, String payload) {}

    static ReaderLog of(byte[] wire, int pieceBytes) {
        ReaderLog log = new ReaderLog();
        RtspReader reader = new RtspReader();
        for (int at = 0; at < wire.length; at += pieceBytes) {
            reader.receive(ByteBuffer.wrap(wire, at, Math.min(pieceBytes, wire.length - at)), log);
        }
        return log;
    }

    static byte[] wire(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void onRequest(RtspRequest request) {
        items.add(request);
    }

    @Override
    public void onResponse(RtspResponse response) {
        items.add(response);
    }

    @Override
    public void onFrame(int channel, byte[] slab, int offset, int length) {
        items.add(new Frame(channel, new String(slab, offset, length, StandardCharsets.ISO_8859_1)));
    }
}
