package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.AnnexB;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * H.264 and H.265 in the form that sinks are promised, from whatever a camera makes of RFC 6184 and RFC 7798.
 *
 * <p>Nothing waits for a whole picture: slices and fragments that fit go on at once, as windows on the bytes they came in.
 * Held back are parameter sets and messages (SEI), which go out in front of the next slice: parameter sets in front of each
 * keyframe, and where the camera sent them along. Delimiters and fillers are dropped. A NAL unit with a missing part is
 * dropped from there on, and a number is left out.
 *
 * <p>A picture ends with a marker in any case: where the camera's marker is missing, or was on something that is dropped or
 * held back, a filler of two or three bytes carries it, at the latest when the next picture begins. Browsers show no picture
 * without one.
 */
final class NalNormaliser implements Normaliser, NalUnpacker.Out {

    private static final int CLOCK_RATE_HZ = 90_000;

    private static final int MAX_HELD_MESSAGES = 8;
    private static final int MAX_COLLECTED_BYTES = 2 * 1024 * 1024;

    private enum Fragment {
        NONE,
        /** Its parts go on as they come. */
        PASSED,
        /** Its parts are gathered, because they are parameter sets or messages. */
        COLLECTED,
        /** Its parts are dropped. */
        SKIPPED
    }

    private record Held(byte[] bytes, int offset, int length) {}

    private final NalSyntax syntax;
    private final NalUnpacker unpacker;
    private final ParameterSets sets;
    private final NumberedPackets out;
    private final Consumer<Codec> onChange;
    private final Fragmenter fragmenter;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final List<Held> messages = new ArrayList<>();

    private int packetTimestamp;
    private long packetNanos;
    private int timestamp;
    private long timeNanos;
    private boolean started;
    private boolean joining = true;
    private boolean marker;

    /** Whether slices of this picture went out, whether the last packet that did had the marker. */
    private boolean hasSlice;

    private boolean marked;
    private boolean setsCameAlong;
    private boolean recoveryPoint;
    private Fragment fragment = Fragment.NONE;
    private int fragmentType;
    private long malformed;

    /**
     * @param described parameter sets from the camera's description
     * @param numbered whether the description promises decoding order numbers; H.265 only
     * @param onChange told the codec with its new parameter sets, before the packets that need them
     */
    NalNormaliser(
            NalSyntax syntax, List<Bytes> described, boolean numbered, NumberedPackets out, Consumer<Codec> onChange) {
        this.syntax = syntax;
        this.unpacker = new NalUnpacker(syntax, numbered, this);
        this.sets = new ParameterSets(syntax, described);
        this.out = out;
        this.onChange = onChange;
        this.fragmenter = new Fragmenter(syntax, (bytes, offset, length, last) -> send(bytes, offset, length, last));
    }

    @Override
    public void receive(RtpView packet, SequenceTracker.Arrival arrival, long captureNanos) {
        if (arrival == SequenceTracker.Arrival.AFTER_GAP) {
            out.leaveGap();
            abandonFragment();
            joining = true;
        }
        if (!started || packet.timestamp() != timestamp) {
            beginPicture(packet.timestamp(), captureNanos);
        }
        marker = packet.marker();
        packetTimestamp = packet.timestamp();
        packetNanos = captureNanos;
        unpacker.payload(packet.bytes(), packet.payloadOffset(), packet.payloadLength());
        if (marker && fragment == Fragment.NONE) {
            endPicture();
        }
    }

    @Override
    public long malformed() {
        return malformed + unpacker.malformed();
    }

    @Override
    public boolean isOutOfOrder() {
        return unpacker.isOutOfOrder();
    }

    private void beginPicture(int newTimestamp, long captureNanos) {
        finishUnended();
        endPicture();
        started = true;
        timestamp = newTimestamp;
        timeNanos = captureNanos;
        hasSlice = false;
        marked = false;
    }

    /** Sees to it that the last packet of a picture has the marker. */
    private void endPicture() {
        if (!hasSlice || marked) {
            return;
        }
        byte[] filler = new byte[syntax.headerBytes() + 1];
        syntax.putHeader(filler, 0, syntax.withType(syntax == NalSyntax.H265 ? 1 : 0, syntax.filler()));
        filler[filler.length - 1] = (byte) 0x80;
        marked = true;
        out.add(timestamp, true, timeNanos, filler, 0, filler.length);
    }

    @Override
    public void later(int ticks) {
        int at = packetTimestamp + ticks;
        if (at != timestamp) {
            beginPicture(at, packetNanos + ticks * 1_000_000_000L / CLOCK_RATE_HZ);
        }
    }

    @Override
    public void nal(byte[] bytes, int offset, int length, boolean last) {
        joining = false;
        int header = syntax.header(bytes, offset);
        switch (syntax.roleOf(header)) {
            case SLICE, KEYFRAME_SLICE -> {
                beginSlice(header, bytes, offset + syntax.headerBytes(), offset + length);
                sendNal(bytes, offset, length, last);
            }
            case PARAMETER_SET -> {
                sets.take(bytes, offset, length);
                setsCameAlong = true;
            }
            case MESSAGE -> takeMessage(bytes, offset, length, last);
            case DROPPED -> {
                // A marker it may carry is made up for at the end of the packet.
            }
            default -> malformed++;
        }
    }

    private void takeMessage(byte[] bytes, int offset, int length, boolean last) {
        if (hasSlice && !marked) {
            sendNal(bytes, offset, length, last);
        } else if (messages.size() < MAX_HELD_MESSAGES) {
            messages.add(new Held(bytes, offset, length));
            recoveryPoint |= syntax == NalSyntax.H264 && RecoveryPoint.isIn(bytes, offset + 1, offset + length);
        }
    }

    /** Before a slice: what has to go out in front of a picture, if this is its first. */
    private void beginSlice(int header, byte[] bytes, int offset, int end) {
        boolean first = syntax.isFirstSlice(bytes[offset]);
        if (hasSlice && !(marked && first)) {
            return;
        }
        hasSlice = true;
        boolean key = syntax.roleOf(header) == NalSyntax.Role.KEYFRAME_SLICE
                || recoveryPoint && RecoveryPoint.isIntra(bytes, offset, end);
        if (key && first) {
            out.beginKeyframe();
        }
        if (key || setsCameAlong) {
            if (sets.takeChanged()) {
                onChange.accept(syntax.codec(sets.toList()));
            }
            for (byte[] set : sets.inOrder()) {
                send(set, 0, set.length, false);
            }
        }
        for (Held message : messages) {
            sendNal(message.bytes(), message.offset(), message.length(), false);
        }
        messages.clear();
        setsCameAlong = false;
        recoveryPoint = false;
    }

    private void sendNal(byte[] bytes, int offset, int length, boolean last) {
        if (length <= RtpPacket.MAX_PAYLOAD_BYTES) {
            send(bytes, offset, length, last);
            return;
        }
        boolean keptMarker = marker;
        marker &= last;
        fragmenter.begin(syntax.header(bytes, offset), true);
        fragmenter.append(bytes, offset + syntax.headerBytes(), length - syntax.headerBytes());
        fragmenter.end();
        marker = keptMarker;
    }

    private void send(byte[] bytes, int offset, int length, boolean last) {
        marked = marker && last;
        out.add(timestamp, marked, timeNanos, bytes, offset, length);
    }

    @Override
    public void fragment(byte[] bytes, int offset, int dataOffset, int end) {
        int fragmentHeader = bytes[offset + syntax.headerBytes()];
        int type = syntax.typeInFragment(fragmentHeader);
        if ((fragmentHeader & NalSyntax.FRAGMENT_START) != 0) {
            beginFragment(syntax.withType(syntax.header(bytes, offset), type), bytes, offset, dataOffset, end);
        } else if (fragment == Fragment.NONE || type != fragmentType) {
            abandonFragment();
            // The rest of a NAL unit that began before we came, or whose beginning was lost, is no fault of the
            // camera's.
            malformed += joining ? 0 : 1;
            return;
        }
        joining = false;
        boolean last = (fragmentHeader & NalSyntax.FRAGMENT_END) != 0;
        switch (fragment) {
            case PASSED -> passFragment(bytes, offset, dataOffset, end, last);
            case COLLECTED -> collectFragment(bytes, dataOffset, end, last);
            default -> {
                // Dropped.
            }
        }
        if (last) {
            fragment = Fragment.NONE;
        }
    }

    private void beginFragment(int nalHeader, byte[] bytes, int payloadOffset, int offset, int end) {
        finishUnended();
        fragmentType = syntax.type(nalHeader);
        switch (syntax.role(fragmentType)) {
            case SLICE, KEYFRAME_SLICE -> {
                beginSlice(nalHeader, bytes, offset, end);
                fragment = Fragment.PASSED;
                int dataOffset = payloadOffset + syntax.headerBytes() + 1;
                boolean alsoLast = (bytes[dataOffset - 1] & NalSyntax.FRAGMENT_END) != 0;
                if (alsoLast || offset != dataOffset || end - payloadOffset > RtpPacket.MAX_PAYLOAD_BYTES) {
                    fragmenter.begin(nalHeader, true);
                }
            }
            case PARAMETER_SET, MESSAGE -> {
                collected.reset();
                byte[] header = new byte[syntax.headerBytes()];
                syntax.putHeader(header, 0, nalHeader);
                collected.write(header, 0, header.length);
                fragment = Fragment.COLLECTED;
            }
            case DROPPED -> fragment = Fragment.SKIPPED;
            default -> {
                malformed++;
                fragment = Fragment.SKIPPED;
            }
        }
    }

    private void passFragment(byte[] bytes, int offset, int dataOffset, int end, boolean last) {
        if (!fragmenter.isOpen()) {
            if (end - offset <= RtpPacket.MAX_PAYLOAD_BYTES) {
                // A marker in the middle of a NAL unit ends nothing.
                send(bytes, offset, end - offset, last);
                return;
            }
            fragmenter.begin(syntax.withType(syntax.header(bytes, offset), fragmentType), false);
        }
        fragmenter.append(bytes, dataOffset, end - dataOffset);
        if (last) {
            fragmenter.end();
        }
    }

    private void collectFragment(byte[] bytes, int offset, int end, boolean last) {
        if (collected.size() + end - offset > MAX_COLLECTED_BYTES) {
            fragment = Fragment.SKIPPED;
            malformed++;
            return;
        }
        collected.write(bytes, offset, end - offset);
        if (last) {
            byte[] whole = collected.toByteArray();
            collected.reset();
            AnnexB.split(whole, 0, whole.length, this::collectedNal);
        }
    }

    private void collectedNal(byte[] bytes, int offset, int length, boolean last) {
        if (length > syntax.headerBytes()) {
            nal(bytes, offset, length, last);
        } else {
            malformed++;
        }
    }

    /** The camera began another NAL unit without having ended this one: what there is of it goes out. */
    private void finishUnended() {
        if (fragmenter.isOpen()) {
            boolean keptMarker = marker;
            marker = false;
            fragmenter.end();
            marker = keptMarker;
        }
        fragment = Fragment.NONE;
    }

    private void abandonFragment() {
        if (fragment == Fragment.PASSED) {
            out.leaveGap();
        }
        fragmenter.abandon();
        fragment = Fragment.NONE;
    }
}
