package dev.oriel.protocol.rtp;

import static dev.oriel.api.media.RtpPacket.MAX_PAYLOAD_BYTES;

import dev.oriel.protocol.rtp.nal.NalSyntax;

/**
 * Cuts one NAL unit at a time into packets of at most {@link dev.oriel.api.media.RtpPacket#MAX_PAYLOAD_BYTES}, while it
 * comes in: all but the last have exactly that size (RFC 6184 section 5.8, RFC 7798 section 4.4.3).
 *
 * <p>What is behind the last full packet waits for the next part of the NAL unit, never longer. The bytes are copied into
 * slabs that do not change after they were written.
 */
final class Fragmenter {

    private static final int SLAB_BYTES = 32 * 1024;

    /** Takes packets as they become whole. */
    interface Out {
        void packet(byte[] bytes, int offset, int length, boolean last);
    }

    private final NalSyntax syntax;
    private final Out out;
    private byte[] slab = new byte[0];
    private int pieceStart;
    private int pieceEnd;
    private int header;
    private boolean open;
    private boolean first;

    Fragmenter(NalSyntax syntax, Out out) {
        this.syntax = syntax;
        this.out = out;
    }

    boolean isOpen() {
        return open;
    }

    /** Begins a NAL unit; {@code first} is false if parts of it have been sent by other ways. */
    void begin(int nalHeader, boolean isFirst) {
        header = nalHeader;
        first = isFirst;
        open = true;
        beginPiece();
    }

    void append(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (pieceEnd - pieceStart == MAX_PAYLOAD_BYTES) {
                finishPiece(false);
                beginPiece();
            }
            int n = Math.min(left, MAX_PAYLOAD_BYTES - (pieceEnd - pieceStart));
            System.arraycopy(bytes, at, slab, pieceEnd, n);
            pieceEnd += n;
            at += n;
            left -= n;
        }
    }

    /** Sends what is left, as the NAL unit's last packet. */
    void end() {
        finishPiece(true);
        open = false;
    }

    /** Forgets what is left. */
    void abandon() {
        open = false;
    }

    private void beginPiece() {
        if (pieceEnd + MAX_PAYLOAD_BYTES > slab.length) {
            slab = new byte[SLAB_BYTES];
            pieceEnd = 0;
        }
        pieceStart = pieceEnd;
        pieceEnd += syntax.headerBytes() + 1;
    }

    private void finishPiece(boolean last) {
        if (first && last) {
            // All of it fits into one packet, which must then not be a fragment.
            syntax.putHeader(slab, pieceStart + 1, header);
            out.packet(slab, pieceStart + 1, pieceEnd - pieceStart - 1, true);
            return;
        }
        syntax.putHeader(slab, pieceStart, syntax.withType(header, syntax.fragmentType()));
        int flags = (first ? NalSyntax.FRAGMENT_START : 0) | (last ? NalSyntax.FRAGMENT_END : 0);
        slab[pieceStart + syntax.headerBytes()] = (byte) (flags | syntax.type(header));
        out.packet(slab, pieceStart, pieceEnd - pieceStart, last);
        first = false;
    }
}
