package dev.oriel.protocol.rtp;

import dev.oriel.protocol.rtp.nal.AnnexB;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.nal.Packing;

/**
 * Takes payloads apart into NAL units and parts of them: aggregates, start codes, and decoding order numbers, which are read
 * and left out. That NAL units come in another order than they are decoded is noticed, but not undone: nobody has met a
 * camera that does it, and to wait for an order costs time.
 */
final class NalUnpacker {

    /** Takes what was found. */
    interface Out {
        /** A whole NAL unit, with more than its header; {@code last} says whether none is behind it in its packet. */
        void nal(byte[] bytes, int offset, int length, boolean last);

        /** A fragment from its payload header on; what it is a fragment of begins at {@code dataOffset}. */
        void fragment(byte[] bytes, int offset, int dataOffset, int end);

        /** What comes next belongs to a picture so many ticks after the packet's timestamp. */
        void later(int ticks);
    }

    private final NalSyntax syntax;
    private final boolean numbered;
    private final Out out;
    private long malformed;
    private boolean orderKnown;
    private int order;
    private boolean outOfOrder;

    /** @param numbered whether the description promises decoding order numbers; H.265 only */
    NalUnpacker(NalSyntax syntax, boolean numbered, Out out) {
        this.syntax = syntax;
        this.numbered = numbered;
        this.out = out;
    }

    /** How much made no sense. */
    long malformed() {
        return malformed;
    }

    /** Whether NAL units came in another order than they are to be decoded. */
    boolean isOutOfOrder() {
        return outOfOrder;
    }

    void payload(byte[] bytes, int offset, int length) {
        int behindHeader = offset + syntax.headerBytes();
        if (length <= syntax.headerBytes()) {
            malformed++;
            return;
        }
        if (AnnexB.startsWithCode(bytes, offset, length)) {
            AnnexB.split(bytes, offset, length, this::nal);
            return;
        }
        int header = syntax.header(bytes, offset);
        Packing packing = Packing.of(syntax, syntax.type(header), numbered);
        switch (syntax.roleOf(header)) {
            case FRAGMENT -> fragment(bytes, offset, offset + length, packing);
            case AGGREGATE -> aggregate(bytes, behindHeader, offset + length, packing);
            default -> single(bytes, offset, length, packing);
        }
    }

    private void single(byte[] bytes, int offset, int length, Packing packing) {
        if (packing.isPlain()) {
            units(bytes, offset, length);
            return;
        }
        int header = syntax.headerBytes();
        int left = length - packing.orderBytes();
        if (left <= header) {
            malformed++;
            return;
        }
        order(RtpView.unsigned16(bytes, offset + header));
        byte[] nal = new byte[left];
        System.arraycopy(bytes, offset, nal, 0, header);
        System.arraycopy(bytes, offset + header + packing.orderBytes(), nal, header, left - header);
        units(nal, 0, left);
    }

    private void units(byte[] bytes, int offset, int length) {
        switch (syntax.roleOf(syntax.header(bytes, offset))) {
            // Some cameras put everything up to the picture behind a parameter set, with start codes between.
            case PARAMETER_SET, MESSAGE -> AnnexB.split(bytes, offset, length, this::nal);
            default -> nal(bytes, offset, length, true);
        }
    }

    private void aggregate(byte[] bytes, int offset, int end, Packing packing) {
        int at = offset + packing.orderBytes();
        int base = packing.isPlain() || at > end ? 0 : RtpView.unsigned16(bytes, offset);
        int number = base;
        boolean first = true;
        while (at + 2 <= end) {
            int length = RtpView.unsigned16(bytes, at);
            at += 2;
            int nal = at + packing.behindLength();
            if (nal > end || length > end - nal) {
                malformed++;
                return;
            }
            if (packing.hasTimes()) {
                number = base + (bytes[at] & 0xff);
                out.later(ticks(bytes, at + 1, packing.behindLength() - 1));
            } else if (!first) {
                number += 1 + (packing.beforeNext() == 0 ? 0 : bytes[at - 3] & 0xff);
            }
            if (!packing.isPlain()) {
                order(number);
            }
            at = nal + length + packing.beforeNext();
            nal(bytes, nal, length, at + 2 > end);
            first = false;
        }
        malformed += first || at < end ? 1 : 0;
    }

    private static int ticks(byte[] bytes, int at, int length) {
        int ticks = RtpView.unsigned16(bytes, at);
        return length == 2 ? ticks : ticks << 8 | bytes[at + 2] & 0xff;
    }

    private void fragment(byte[] bytes, int offset, int end, Packing packing) {
        int dataOffset = offset + syntax.headerBytes() + 1;
        boolean first = dataOffset <= end && (bytes[dataOffset - 1] & NalSyntax.FRAGMENT_START) != 0;
        if (first && !packing.isPlain()) {
            if (dataOffset + packing.orderBytes() < end) {
                order(RtpView.unsigned16(bytes, dataOffset));
            }
            dataOffset += packing.orderBytes();
        }
        if (dataOffset >= end) {
            malformed++;
            return;
        }
        out.fragment(bytes, offset, dataOffset, end);
    }

    private void nal(byte[] bytes, int offset, int length, boolean last) {
        if (length <= syntax.headerBytes()) {
            malformed++;
        } else {
            out.nal(bytes, offset, length, last);
        }
    }

    private void order(int number) {
        outOfOrder |= orderKnown && SequenceTracker.distance(number, order) < 0;
        orderKnown = true;
        order = number & 0xffff;
    }
}
