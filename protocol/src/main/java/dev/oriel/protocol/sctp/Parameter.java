package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One parameter within a chunk (RFC 9260 section 3.2.1).
 *
 * @param type 0 to 65535
 * @param value what follows its header, without padding; read-only, from position 0
 */
record Parameter(int type, ByteBuffer value) {

    static final int HEADER_BYTES = 4;
    private static final int MAX_PARAMETERS = 32;

    /** A parameter to be written. */
    static Parameter of(int type, byte[] value) {
        return new Parameter(type, ByteBuffer.wrap(value).asReadOnlyBuffer());
    }

    /** Those from a place in a chunk to its end, up to the first that cannot be read. */
    static List<Parameter> read(ByteBuffer chunk, int from) {
        List<Parameter> parameters = new ArrayList<>();
        int at = from;
        while (chunk.limit() - at >= HEADER_BYTES && parameters.size() < MAX_PARAMETERS) {
            int length = Short.toUnsignedInt(chunk.getShort(at + 2));
            if (length < HEADER_BYTES || length > chunk.limit() - at) {
                break;
            }
            parameters.add(new Parameter(
                    Short.toUnsignedInt(chunk.getShort(at)), chunk.slice(at + HEADER_BYTES, length - HEADER_BYTES)));
            at += padded(length);
        }
        return parameters;
    }

    /** Parameters in a row, with padding between them but not behind the last, which the chunk's length must not count. */
    static byte[] write(byte[] before, List<Parameter> parameters) {
        int size = before.length;
        for (Parameter parameter : parameters) {
            size = padded(size) + parameter.length();
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(before);
        for (Parameter parameter : parameters) {
            out.position(padded(out.position()));
            out.putShort((short) parameter.type)
                    .putShort((short) parameter.length())
                    .put(parameter.value.duplicate());
        }
        return out.array();
    }

    private int length() {
        return HEADER_BYTES + value.remaining();
    }

    static int padded(int length) {
        return (length + 3) & ~3;
    }
}
