package dev.oriel.protocol.rtsp;

import dev.oriel.api.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of what comes over one RTSP connection: requests, responses, and media frames between them.
 *
 * <p>It is fed bytes in pieces of any size and copies them once, into slabs whose bytes never change after they were
 * written; a media frame is told as a window on its slab, so that packets can keep pointing into it. Memory is bounded: a
 * message has at most {@link #MAX_HEADER_BYTES} and {@link #MAX_BODY_BYTES}, a frame 65,535.
 *
 * <p>Once media has flowed, bytes that belong to no message and no frame are passed over up to the next frame of a known
 * source or the next response; before that, and after {@link #MAX_SKIPPED_BYTES} in one go, they end the connection.
 *
 * <p>Confined to one thread.
 */
public final class RtspReader {

    /** The most bytes from the start of a message to the empty line after its fields. */
    public static final int MAX_HEADER_BYTES = 16 * 1024;

    /** The most bytes of a message's body. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** The most bytes passed over in search of the next frame. */
    public static final int MAX_SKIPPED_BYTES = 1024 * 1024;

    private static final int SLAB_BYTES = 64 * 1024;
    private static final int MAX_FIRST_WORD = 32;
    private static final byte[] PROTOCOL = "RTSP/".getBytes(StandardCharsets.US_ASCII);

    /** Whoever is told what was read; called within {@link RtspReader#receive}. */
    public interface Events {

        /** A whole request. */
        void onRequest(RtspRequest request);

        /** A whole response. */
        void onResponse(RtspResponse response);

        /**
         * A whole media frame, without its four bytes of header.
         *
         * @param channel 0 to 255
         * @param slab an array whose bytes from {@code offset} on, {@code length} of them, never change again; read only
         */
        void onFrame(int channel, byte[] slab, int offset, int length);
    }

    private final FrameSync sync = new FrameSync();
    private byte[] slab = new byte[SLAB_BYTES];
    private int start;
    private int end;
    private long startPosition;

    /** How far the search for the end of the header has come, from start. */
    private int searched;

    /** How many bytes the item at start has in all, where that is known; else 0. */
    private int needed;

    private MessageText.@Nullable Head head;
    private boolean lost;
    private int skippedNow;
    private long skipped;
    private @Nullable RtspSyntaxException broken;

    /**
     * Takes all of the given bytes and tells what became complete by them.
     *
     * @throws RtspSyntaxException if this is no RTSP, now and on each later call
     */
    public void receive(ByteBuffer bytes, Events events) {
        if (broken != null) {
            throw broken;
        }
        try {
            while (bytes.hasRemaining()) {
                makeRoom();
                int n = Math.min(bytes.remaining(), slab.length - end);
                bytes.get(slab, end, n);
                end += n;
                readItems(events);
            }
        } catch (RtspSyntaxException e) {
            broken = e;
            throw e;
        }
    }

    /** How many bytes belonged to nothing and were passed over. */
    public long skippedBytes() {
        return skipped;
    }

    private void makeRoom() {
        if (end < slab.length && start + needed <= slab.length) {
            return;
        }
        int pending = end - start;
        byte[] next = new byte[Math.max(SLAB_BYTES, Math.max(needed, pending + SLAB_BYTES / 2))];
        System.arraycopy(slab, start, next, 0, pending);
        slab = next;
        start = 0;
        end = pending;
    }

    private void readItems(Events events) {
        while (start < end && (!lost || findNextItem())) {
            int read = readItem(events);
            if (read == 0) {
                return;
            }
            advance(read);
        }
    }

    private void advance(int bytes) {
        start += bytes;
        startPosition += bytes;
    }

    /** Reads the item at start; answers its length, or 0 if it is not complete yet. */
    private int readItem(Events events) {
        try {
            if (head != null) {
                return readBody(head, events);
            }
            return switch (slab[start]) {
                case InterleavedFrame.MAGIC -> readFrame(events);
                case '\r', '\n' -> 1;
                default -> readHead(events);
            };
        } catch (RtspSyntaxException e) {
            return lose(e);
        }
    }

    private int readFrame(Events events) {
        int available = end - start;
        if (available < InterleavedFrame.HEADER_BYTES) {
            return 0;
        }
        int channel = slab[start + 1] & 0xff;
        int length = (slab[start + 2] & 0xff) << 8 | slab[start + 3] & 0xff;
        int payload = start + InterleavedFrame.HEADER_BYTES;
        if (length > 0 && available > InterleavedFrame.HEADER_BYTES && !sync.expects(channel, length, slab[payload])) {
            throw unexpected("a media frame");
        }
        needed = InterleavedFrame.HEADER_BYTES + length;
        if (available < needed) {
            return 0;
        }
        int read = needed;
        needed = 0;
        sync.learn(channel, slab, payload, length);
        events.onFrame(channel, slab, payload, length);
        return read;
    }

    private int readHead(Events events) {
        if (!canStartMessage()) {
            throw unexpected("RTSP/1.0 and a status, or a request");
        }
        int bodyStart = endOfHead();
        int length = (bodyStart < 0 ? end : bodyStart) - start;
        if (length > MAX_HEADER_BYTES) {
            throw unexpected("an empty line within " + MAX_HEADER_BYTES + " bytes");
        }
        if (bodyStart < 0) {
            return 0;
        }
        searched = 0;
        String text = new String(slab, start, length, StandardCharsets.UTF_8);
        MessageText.Head read = MessageText.parse(startPosition, text);
        if (read.bodyLength() == 0) {
            read.deliver(startPosition, MessageText.NO_BODY, events);
        } else {
            head = read;
            needed = read.bodyLength();
        }
        return length;
    }

    private int readBody(MessageText.Head of, Events events) {
        if (end - start < of.bodyLength()) {
            return 0;
        }
        head = null;
        needed = 0;
        of.deliver(startPosition, Bytes.copyOf(slab, start, of.bodyLength()), events);
        return of.bodyLength();
    }

    /** Whether the bytes so far can begin a start line: a method of capital letters, or the protocol's name. */
    private boolean canStartMessage() {
        boolean method = true;
        boolean protocol = true;
        for (int i = start; i < end && i - start < MAX_FIRST_WORD; i++) {
            int at = i - start;
            byte b = slab[i];
            if (b == ' ') {
                return at >= 3;
            }
            method &= b >= 'A' && b <= 'Z' || b == '_';
            protocol &= at < PROTOCOL.length ? b == PROTOCOL[at] : b >= '0' && b <= '9' || b == '.';
            if (!method && !protocol) {
                return false;
            }
        }
        return end - start < MAX_FIRST_WORD;
    }

    /** The index after the empty line, or -1. Lines may end with CR LF, LF, or CR. */
    private int endOfHead() {
        int from = Math.max(start, start + searched - 3);
        for (int i = from; i + 1 < end; i++) {
            if (slab[i] == '\n' && slab[i + 1] == '\n' || slab[i] == '\r' && slab[i + 1] == '\r') {
                return i + 2;
            }
            if (slab[i] == '\n' && slab[i + 1] == '\r' && i + 2 < end && slab[i + 2] == '\n') {
                return i + 3;
            }
        }
        searched = end - start;
        return -1;
    }

    private RtspSyntaxException unexpected(String expected) {
        return new RtspSyntaxException(startPosition, expected);
    }

    /** Gives up on the item at start, where media has flowed and the next frame may be found; else on the connection. */
    private int lose(RtspSyntaxException why) {
        if (!sync.hasLearned()) {
            throw why;
        }
        head = null;
        searched = 0;
        needed = 0;
        skippedNow = 0;
        lost = true;
        return skip(1);
    }

    private int skip(int bytes) {
        skipped += bytes;
        skippedNow += bytes;
        if (skippedNow > MAX_SKIPPED_BYTES) {
            throw unexpected("a media frame or a message");
        }
        return bytes;
    }

    /** Passes over bytes up to the next frame or response, or to what may become one; answers whether it is one. */
    private boolean findNextItem() {
        int i = start;
        while (i < end
                && !(slab[i] == InterleavedFrame.MAGIC && (tooFew(i) || sync.recognises(slab, i)))
                && !(slab[i] == PROTOCOL[0] && (tooFew(i) || startsResponse(i)))) {
            i++;
        }
        advance(skip(i - start));
        lost = i == end || tooFew(i);
        return !lost;
    }

    private boolean tooFew(int at) {
        return end - at < FrameSync.JUDGED_BYTES;
    }

    private boolean startsResponse(int at) {
        for (int i = 0; i < PROTOCOL.length; i++) {
            if (slab[at + i] != PROTOCOL[i]) {
                return false;
            }
        }
        return true;
    }
}
