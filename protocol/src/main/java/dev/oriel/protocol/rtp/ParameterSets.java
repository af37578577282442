package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.AnnexB;
import dev.oriel.protocol.rtp.nal.BitReader;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.picture.SequenceInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameter sets in force on a track: the first from the camera's description, then those it sends along.
 *
 * <p>A set replaces the one of the same type and id. Once the camera sends sets along, those of its description are
 * forgotten: some cameras describe another stream than they send.
 */
final class ParameterSets {

    private static final int MAX_SETS = 16;

    private static final int SEQUENCE_H264 = 7;
    private static final int VIDEO_H265 = 32;
    private static final int SEQUENCE_H265 = 33;
    private static final int PICTURE_H265 = 34;

    private final NalSyntax syntax;
    private final SortedMap<Integer, byte[]> sets = new TreeMap<>();
    private boolean fromDescription;
    private boolean changed;

    ParameterSets(NalSyntax syntax, List<Bytes> described) {
        this.syntax = syntax;
        for (Bytes nal : described) {
            put(nal.toArray(), 0, nal.length());
        }
        fromDescription = !sets.isEmpty();
        changed = false;
    }

    /**
     * Reads sets out of text such as that of {@code sprop-parameter-sets}: base 64, comma separated. Start codes are
     * taken away; what cannot be read is passed over.
     */
    static List<Bytes> decode(NalSyntax syntax, String text) {
        List<Bytes> all = new ArrayList<>();
        for (String part : text.split(",", MAX_SETS)) {
            try {
                byte[] raw = Base64.getMimeDecoder().decode(part.strip());
                AnnexB.split(raw, 0, raw.length, (bytes, offset, length, last) -> {
                    if (isSet(syntax, bytes, offset, length)) {
                        all.add(Bytes.copyOf(bytes, offset, length));
                    }
                });
            } catch (IllegalArgumentException e) {
                // No base 64: the camera may still send its sets along.
                continue;
            }
        }
        return all;
    }

    /** Takes a set that came along; what is no set, or too large to be one, is not taken. */
    void take(byte[] bytes, int offset, int length) {
        if (!isSet(syntax, bytes, offset, length)) {
            return;
        }
        if (fromDescription && !holds(bytes, offset, length)) {
            sets.clear();
            changed = true;
        }
        fromDescription = false;
        put(bytes, offset, length);
    }

    /** The sets in the order in which they are sent; the arrays are never changed. */
    Iterable<byte[]> inOrder() {
        return sets.values();
    }

    /** Whether there has been another set since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    List<Bytes> toList() {
        return sets.values().stream().map(Bytes::copyOf).toList();
    }

    private boolean holds(byte[] bytes, int offset, int length) {
        return same(sets.getOrDefault(key(bytes, offset, length), new byte[0]), bytes, offset, length);
    }

    private void put(byte[] bytes, int offset, int length) {
        if (holds(bytes, offset, length) || sets.size() >= MAX_SETS && !sets.containsKey(key(bytes, offset, length))) {
            return;
        }
        sets.put(key(bytes, offset, length), Bytes.copyOf(bytes, offset, length).toArray());
        changed = true;
    }

    /** Whether a NAL unit can be a parameter set. */
    static boolean isSet(NalSyntax syntax, byte[] bytes, int offset, int length) {
        return length > syntax.headerBytes()
                && length <= RtpPacket.MAX_PAYLOAD_BYTES
                && syntax.roleOf(syntax.header(bytes, offset)) == NalSyntax.Role.PARAMETER_SET;
    }

    private static boolean same(byte[] set, byte[] bytes, int offset, int length) {
        return Arrays.equals(set, 0, set.length, bytes, offset, offset + length);
    }

    /** Type first, so that sequence parameter sets go before picture parameter sets, then id. */
    private int key(byte[] bytes, int offset, int length) {
        int type = syntax.type(syntax.header(bytes, offset));
        return type << 16 | Math.min(id(type, bytes, offset, length), 0xffff);
    }

    private int id(int type, byte[] bytes, int offset, int length) {
        int end = offset + length;
        return switch (type) {
            case VIDEO_H265 -> bytes[offset + 2] >> 4 & 0x0f;
            case SEQUENCE_H265 ->
                SequenceInfo.of(syntax, bytes, offset, length)
                        .map(SequenceInfo::id)
                        .orElse(0);
            case PICTURE_H265 -> new BitReader(bytes, offset + 2, end).unsignedExpGolomb();
            // Three bytes of profile and level are before the id.
            case SEQUENCE_H264 -> new BitReader(bytes, offset + 4, end).unsignedExpGolomb();
            default -> new BitReader(bytes, offset + 1, end).unsignedExpGolomb();
        };
    }
}
