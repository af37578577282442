package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtcp.NtpTime;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.webrtc.SentTrack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * One track in one viewer's numbers: continuous sequence numbers that keep the source's gaps, and timestamps that go on when the
 * camera was away. Confined to one thread.
 *
 * <p>The pictures of a replay are old, but the viewer is to end up at the newest one. So they are given timestamps in tiny steps
 * that end where the live picture continues: a viewer decodes them as fast as it can and shows what is live.
 */
final class TrackSender {

    /** A burst of ten seconds at 8 Mbit/s, and a few seconds of sound. */
    private static final int VIDEO_HISTORY = 8192;

    private static final int AUDIO_HISTORY = 256;
    private static final int MAX_GAP = 1000;
    private static final int MAX_STEP = 90;
    private static final int MAX_EXTENDED_PAYLOAD = RtpPacket.MAX_PAYLOAD_BYTES - 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SentTrack sent;
    private final SentPackets history;
    private long index;
    private long rtxIndex;
    private long againIndex;
    private boolean started;
    private boolean resumed = true;
    private int sourceSequence;
    private int sourceTimestamp;
    private int offset;
    private int timestamp;
    private long timeNanos;
    private int step;
    private boolean afterReplay;
    private int packets;
    private int octets;

    /**
     * A sender that has sent nothing.
     *
     * @param firstSequence 0 to 65535
     * @param firstTimestamp any
     */
    TrackSender(SentTrack sent, int firstSequence, int firstTimestamp) {
        this.sent = sent;
        this.history = new SentPackets(sent.track().kind() == MediaKind.VIDEO ? VIDEO_HISTORY : AUDIO_HISTORY);
        this.index = firstSequence & 0x7fff;
        this.rtxIndex = ~firstSequence & 0x7fff;
        this.timestamp = firstTimestamp;
    }

    SentTrack sent() {
        return sent;
    }

    boolean isVideo() {
        return sent.track().kind() == MediaKind.VIDEO;
    }

    /** What comes next does not follow in the source's numbers on what came last. */
    void resume() {
        resumed = true;
    }

    /** Where the packets that come lie for all viewers. */
    void shareIn(SharedPackets packets) {
        history.lieIn(packets);
    }

    /** A replay of this shape comes next. */
    void begin(Replay replay) {
        resumed = true;
        if (!started) {
            anchor(replay.lastTimestamp());
        }
        int interval =
                replay.lastInterval() > 0 ? replay.lastInterval() : sent.track().clockRateHz() / 25;
        step = Math.max(1, Math.min(MAX_STEP, interval / 4 * 3 / Math.max(1, replay.frames())));
        int end = replay.lastTimestamp() + offset;
        int start = end - replay.frames() * step;
        if (!started || start - timestamp > 0) {
            timestamp = start;
        }
        afterReplay = true;
        started = true;
        // No picture of the replay has this timestamp, so that the first one makes a step.
        sourceTimestamp = replay.lastTimestamp() + 1;
    }

    /** Takes a packet of a replay and writes it as it goes to the viewer; returns its length, its {@link #index()} is set. */
    int replay(RtpPacket packet, byte[] out) {
        number(packet);
        if (packet.timestamp() != sourceTimestamp) {
            timestamp += step;
        }
        return keep(packet, out);
    }

    /** Takes a live packet and writes it as it goes to the viewer; returns its length, its {@link #index()} is set. */
    int live(RtpPacket packet, byte[] out) {
        if (!started) {
            anchor(packet.timestamp());
            started = true;
        } else if (resumed) {
            continueInTime(packet);
        }
        number(packet);
        if (packet.timestamp() != sourceTimestamp || packets == 0) {
            int next = packet.timestamp() + offset;
            if (afterReplay && next - timestamp <= 0) {
                next = timestamp + 1;
            } else {
                afterReplay = false;
            }
            timestamp = next;
        }
        return keep(packet, out);
    }

    /** The index of the packet written last: its sequence number, with the count of wraps above it. */
    long index() {
        return index;
    }

    /** The index of a packet the viewer misses; absent if it is not kept any more. */
    OptionalLong find(int sequenceNumber) {
        return history.find(sequenceNumber);
    }

    /**
     * Writes a packet that was found for the viewer to have again: in the stream agreed on for that (RFC 4588 section 4), else
     * exactly as it was written before. Returns its length, its {@link #againIndex()} is set; 0 if there is none.
     */
    int again(long found, byte[] out) {
        RtpPacket packet = history.packet(found);
        if (packet == null) {
            return 0;
        }
        int time = history.timestamp(found, packet);
        if (sent.rtx().isEmpty()) {
            againIndex = found;
            return write(packet, found, time, out);
        }
        SentTrack.Rtx rtx = sent.rtx().get();
        againIndex = ++rtxIndex;
        int payload = header(packet, rtx.payloadType(), rtxIndex, time, rtx.ssrc(), out);
        out[payload] = (byte) (found >> 8);
        out[payload + 1] = (byte) found;
        return payload + 2 + packet.copyPayload(out, payload + 2);
    }

    /** The index of the packet that was written again last, in the stream it goes out in. */
    long againIndex() {
        return againIndex;
    }

    /** To be called each second: what was sent before the last call cannot be asked for again any more. */
    void age() {
        history.age();
    }

    /** Whether there is something to report on. */
    boolean hasSent() {
        return packets > 0;
    }

    /** The report that ties this track's clock to the wall clock. */
    RtcpPacket.SenderReport report(long nowNanos, long unixNanos) {
        long ticks = Math.floorDiv((nowNanos - timeNanos) * sent.track().clockRateHz(), NANOS_PER_SECOND);
        return new RtcpPacket.SenderReport(
                sent.ssrc(), NtpTime.ofUnixNanos(unixNanos), timestamp + (int) ticks, packets, octets, List.of());
    }

    private void anchor(int source) {
        offset = timestamp - source;
    }

    /** After a pause the source may count from anywhere; then its capture time tells where it goes on. */
    private void continueInTime(RtpPacket packet) {
        int rate = sent.track().clockRateHz();
        int expected = timestamp + (int) ((packet.timeNanos() - timeNanos) / 1000 * rate / 1_000_000);
        int follows = packet.timestamp() + offset;
        boolean isBack = !afterReplay && follows - timestamp < 0;
        if (packets > 0 && (isBack || Math.abs((long) (follows - expected)) > rate)) {
            int next = expected - timestamp > 0 ? expected : timestamp + 1;
            offset = next - packet.timestamp();
            sourceTimestamp = packet.timestamp() - 1;
        }
    }

    /**
     * What was lost on the way from the camera cannot be had again. A viewer that misses a number of video stands still until
     * an intact keyframe comes, and asks for one; one that misses none shows the damaged picture and goes on. Of sound it
     * must know, so that it fills the gap.
     */
    private void number(RtpPacket packet) {
        int gap = (short) (packet.sequenceNumber() - sourceSequence);
        index += isVideo() || resumed || gap < 1 || gap > MAX_GAP ? 1 : gap;
        sourceSequence = packet.sequenceNumber();
        resumed = false;
    }

    private int keep(RtpPacket packet, byte[] out) {
        sourceTimestamp = packet.timestamp();
        timeNanos = packet.timeNanos();
        packets++;
        octets += packet.payloadLength();
        history.add(index, timestamp, packet);
        return write(packet, index, timestamp, out);
    }

    private int write(RtpPacket packet, long number, int time, byte[] out) {
        int payload = header(packet, sent.payloadType(), number, time, sent.ssrc(), out);
        return payload + packet.copyPayload(out, payload);
    }

    private int header(RtpPacket packet, int payloadType, long number, int time, int ssrc, byte[] out) {
        boolean extended = sent.playoutDelayId().isPresent()
                && packet.startsKeyframe()
                && packet.payloadLength() <= MAX_EXTENDED_PAYLOAD;
        ByteBuffer header = ByteBuffer.wrap(out);
        header.put((byte) (extended ? 0x90 : 0x80));
        header.put((byte) ((packet.marker() ? 0x80 : 0) | payloadType));
        header.putShort((short) number).putInt(time).putInt(ssrc);
        if (extended) {
            // One element of three bytes: 12 bits each of least and greatest delay, both nothing.
            header.putInt(0xbede0001).putInt((sent.playoutDelayId().getAsInt() << 4 | 2) << 24);
        }
        return header.position();
    }
}
