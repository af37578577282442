package dev.oriel.ingest.rtsp;

import io.netty.buffer.ByteBuf;

/**
 * Room for datagrams, which are kept as windows on it: bytes once written never change, and when it is full there is a new
 * one. Confined to one thread.
 */
final class Slab {

    private static final int BYTES = 64 * 1024;

    private byte[] bytes = new byte[0];
    private int end;

    /** Copies what a buffer holds, at most 64 KiB, and answers where it begins in {@link #bytes}. */
    int take(ByteBuf content) {
        int length = content.readableBytes();
        if (length > bytes.length - end) {
            bytes = new byte[BYTES];
            end = 0;
        }
        int offset = end;
        content.readBytes(bytes, offset, length);
        end += length;
        return offset;
    }

    /** The array of what was taken last. */
    byte[] bytes() {
        return bytes;
    }
}
