package dev.oriel.api.media;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes with value equality, for the small binary values that go along with media. */
public final class Bytes {

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of the given bytes. */
    public static Bytes copyOf(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /** A copy of a part of the given bytes. */
    public static Bytes copyOf(byte[] bytes, int offset, int length) {
        return new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** The number of bytes. */
    public int length() {
        return content.length;
    }

    /** The byte at an index, as it is stored, sign included. */
    public byte at(int index) {
        return content[index];
    }

    /** A fresh array with the same bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
