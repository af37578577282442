package dev.oriel.egress.passthrough.media;

import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpReader;
import dev.oriel.protocol.rtcp.RtcpWriter;
import dev.oriel.protocol.srtp.SrtpReceiver;
import dev.oriel.protocol.srtp.SrtpSender;
import dev.oriel.protocol.webrtc.Answer;
import dev.oriel.protocol.webrtc.SentTrack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The media of one viewer from the moment its keys are known: what the camera sends goes out paced and encrypted, what the
 * viewer asks for is answered. Confined to one thread; it is told the time.
 *
 * <p>After each call {@link #deadlineNanos()} says when {@link #wake} is due. Packets of a burst leave in portions, because
 * browsers' socket buffers hold only about 256 KiB.
 */
public final class MediaFlow {

    /** Where encrypted packets go. */
    public interface Out {
        /** Sends the first {@code length} bytes, which may be overwritten afterwards; false if there is no room just now. */
        boolean send(byte[] packet, int length);

        /** Whether there is more to send than can be sent in time, to all viewers together. */
        boolean isOverloaded();
    }

    /** The arrays packets are written in; one pair serves all viewers of a thread. */
    public record Scratch(byte[] plain, byte[] sealed) {
        /** Arrays that are long enough for every packet. */
        public static Scratch create() {
            return new Scratch(new byte[2048], new byte[2048]);
        }
    }

    private static final int PORTION_BYTES = 64 * 1024;
    private static final long PORTION_NANOS = 4_000_000L;
    private static final long FIRST_REPORT_NANOS = 100_000_000L;
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final long REPLAY_NANOS = 500_000_000L;
    private static final long MAX_REPLAY_NANOS = 5_000_000_000L;

    /** By each byte of the last replay the next one is later: a megabyte, a second. */
    private static final long REPLAY_NANOS_PER_BYTE = 1_000;

    /**
     * A viewer that asks for a picture so long after the last one has lost none of it: it only notices that nothing comes any
     * more, and the group it has seen would be no help.
     */
    private static final long STALLED_NANOS = 2_000_000_000L;

    private final StreamLease lease;
    private final Handover handover;
    private final CameraHistory history;
    private final Counters counters;
    private final Scratch scratch;
    private final Out out;
    private final SrtpSender sender;
    private final SrtpReceiver receiver;
    private final long unixMinusMonotonicNanos;
    private final List<TrackSender> senders = new ArrayList<>();
    private final ReceptionReports reports;
    private final List<Optional<TrackSender>> byTrack = new ArrayList<>();
    private final Handover.Item item = new Handover.Item();
    private Optional<EndReason> end = Optional.empty();
    private int portion = PORTION_BYTES;
    private long portionNanos;
    private boolean waiting;
    private long reportNanos;
    private long lastReplayNanos;
    private long videoNanos;
    private boolean replayWanted;
    private long replayPauseNanos = REPLAY_NANOS;
    private RetransmissionBudget budget = new RetransmissionBudget(0);

    /**
     * A flow that has not begun.
     *
     * @param history what all viewers of this camera share
     * @param keys what both directions are encrypted under
     * @param unixMinusMonotonicNanos what the wall clock is ahead of the clock this is told
     */
    public MediaFlow(
            StreamLease lease,
            Handover handover,
            CameraHistory history,
            Answer answer,
            Keys keys,
            Counters counters,
            Scratch scratch,
            Out out,
            RandomGenerator random,
            long unixMinusMonotonicNanos) {
        this.lease = lease;
        this.handover = handover;
        this.history = history;
        this.counters = counters;
        this.scratch = scratch;
        this.out = out;
        this.sender = keys.sender();
        this.receiver = keys.receiver();
        this.unixMinusMonotonicNanos = unixMinusMonotonicNanos;
        this.reports = new ReceptionReports(counters, senders, unixMinusMonotonicNanos);
        for (SentTrack track : answer.tracks()) {
            senders.add(new TrackSender(track, random.nextInt(1, 32_768), random.nextInt()));
        }
    }

    /** The two directions of SRTP. */
    public record Keys(SrtpSender sender, SrtpReceiver receiver) {}

    /** Attaches to the camera; the running group of pictures goes out first. */
    public void start(long nowNanos) {
        reportNanos = nowNanos + FIRST_REPORT_NANOS;
        budget = new RetransmissionBudget(nowNanos);
        portionNanos = nowNanos;
        lastReplayNanos = nowNanos;
        videoNanos = nowNanos;
        handover.beginReplay();
        try {
            lease.attach(handover);
        } finally {
            handover.endReplay();
        }
        drain(nowNanos);
    }

    /** Sends what waits, as far as the pace allows. */
    public void drain(long nowNanos) {
        if (nowNanos - portionNanos >= PORTION_NANOS) {
            portionNanos = nowNanos;
            portion = PORTION_BYTES;
        }
        while (portion > 0) {
            if (!handover.poll(item)) {
                waiting = false;
                return;
            }
            take(nowNanos, item);
        }
        waiting = true;
    }

    /** Takes the time. */
    public void wake(long nowNanos) {
        if (waiting && nowNanos - portionNanos >= PORTION_NANOS) {
            drain(nowNanos);
        }
        if (replayWanted && nowNanos - lastReplayNanos >= replayPauseNanos && !waiting) {
            replayWanted = false;
            replay(nowNanos);
        }
        if (nowNanos - reportNanos >= 0) {
            reportNanos = nowNanos + REPORT_NANOS;
            senders.stream().filter(TrackSender::hasSent).forEach(s -> report(nowNanos, s));
            senders.forEach(TrackSender::age);
            history.age(nowNanos);
        }
    }

    /** While there is too much to send already, a group once more would be the wrong answer: the next keyframe must do. */
    private void replay(long nowNanos) {
        lastReplayNanos = nowNanos;
        replayPauseNanos = REPLAY_NANOS;
        if (out.isOverloaded()) {
            return;
        }
        handover.beginReplay();
        try {
            lease.replay();
        } finally {
            handover.endReplay();
        }
        drain(nowNanos);
    }

    /** When {@link #wake} is due at the latest. */
    public long deadlineNanos() {
        long due = reportNanos;
        if (waiting) {
            due = Math.min(due - portionNanos, PORTION_NANOS) + portionNanos;
        } else if (replayWanted) {
            due = Math.min(due - lastReplayNanos, replayPauseNanos) + lastReplayNanos;
        }
        return due;
    }

    /** Takes an encrypted control packet of the viewer. */
    public void receiveControl(long nowNanos, byte[] bytes, int offset, int length) {
        if (length > scratch.plain().length) {
            return;
        }
        OptionalInt plain = receiver.unprotectControl(bytes, offset, length, scratch.plain());
        if (plain.isEmpty()) {
            return;
        }
        for (RtcpPacket packet : RtcpReader.read(scratch.plain(), 0, plain.getAsInt())) {
            if (packet instanceof RtcpPacket.Nack nack) {
                counters.nacked(nack.lost().size());
                bySource(nack.mediaSsrc()).ifPresent(s -> nack.lost().forEach(n -> retransmit(nowNanos, s, n)));
            } else if (packet instanceof RtcpPacket.PictureLoss || packet instanceof RtcpPacket.FullIntraRequest) {
                counters.pictureRequested();
                replayWanted |= nowNanos - videoNanos < STALLED_NANOS;
            } else {
                reports.take(nowNanos, packet);
            }
        }
        wake(nowNanos);
    }

    /** Says goodbye for each track. */
    public void goodbye(long nowNanos) {
        for (TrackSender track : senders) {
            if (track.hasSent()) {
                int ssrc = track.sent().ssrc();
                control(new RtcpWriter(scratch.plain())
                        .add(track.report(nowNanos, nowNanos + unixMinusMonotonicNanos))
                        .add(new RtcpPacket.SourceDescription(ssrc, Answer.CNAME))
                        .add(new RtcpPacket.Goodbye(ssrc)));
            }
        }
    }

    /** Why the camera's side is over; empty while it is not. */
    public Optional<EndReason> end() {
        return end;
    }

    private void take(long nowNanos, Handover.Item next) {
        Object what = next.what();
        if (what instanceof RtpPacket packet) {
            Optional<TrackSender> to = next.track() < byTrack.size() ? byTrack.get(next.track()) : Optional.empty();
            if (to.isPresent()) {
                send(nowNanos, to.get(), packet, next.isReplayed());
            }
        } else if (what instanceof Replay replay) {
            if (replay.track() < byTrack.size()) {
                byTrack.get(replay.track()).ifPresent(s -> s.begin(replay));
            }
        } else if (what instanceof EndReason reason) {
            end = Optional.of(reason);
        } else if (what instanceof List<?> tracks) {
            tracks(tracks);
        }
    }

    private void tracks(List<?> told) {
        List<Track> tracks = told.stream().map(Track.class::cast).toList();
        byTrack.clear();
        for (TrackSender sender : senders) {
            Optional<Track> goesOn =
                    tracks.stream().filter(t -> fits(sender, t)).min(Comparator.comparing(t -> !isSame(sender, t)));
            goesOn.ifPresentOrElse(track -> carry(track, sender), () -> missing(sender, tracks));
        }
        senders.forEach(TrackSender::resume);
    }

    private void carry(Track track, TrackSender sender) {
        while (byTrack.size() <= track.index()) {
            byTrack.add(Optional.empty());
        }
        byTrack.set(track.index(), Optional.of(sender));
        sender.shareIn(history.track(track.index()));
    }

    /** A camera that was set to another format cannot go on in the format that was agreed on; a new offer can agree on it. */
    private void missing(TrackSender sender, List<Track> tracks) {
        Track agreed = sender.sent().track();
        String kind = sender.isVideo() ? "video" : "sound";
        Optional<Track> instead =
                tracks.stream().filter(t -> t.kind() == agreed.kind()).findFirst();
        if (instead.isPresent()) {
            over("The camera now sends its " + kind + " as "
                    + instead.get().codec().encodingName() + ", no longer as "
                    + agreed.codec().encodingName() + ".");
        } else if (sender.isVideo()) {
            over("The camera no longer sends video.");
        }
    }

    private void over(String sentence) {
        end = Optional.of(new EndReason.Failed(new CameraUnsupported(sentence)));
    }

    /** A camera that was restarted may describe its tracks in another order. */
    private static boolean fits(TrackSender sender, Track track) {
        Track agreed = sender.sent().track();
        return agreed.kind() == track.kind()
                && agreed.clockRateHz() == track.clockRateHz()
                && agreed.codec().encodingName().equals(track.codec().encodingName());
    }

    private static boolean isSame(TrackSender sender, Track track) {
        return sender.sent().track().index() == track.index();
    }

    private void send(long nowNanos, TrackSender track, RtpPacket packet, boolean replayed) {
        videoNanos = track.isVideo() ? nowNanos : videoNanos;
        int length = replayed ? track.replay(packet, scratch.plain()) : track.live(packet, scratch.plain());
        seal(length, track.index(), packet.payloadLength());
        if (replayed) {
            long longer = replayPauseNanos + packet.payloadLength() * REPLAY_NANOS_PER_BYTE;
            replayPauseNanos = Math.min(MAX_REPLAY_NANOS, longer);
        }
    }

    private void retransmit(long nowNanos, TrackSender track, int sequenceNumber) {
        OptionalLong found = track.find(sequenceNumber);
        if (found.isPresent() && budget.take(nowNanos)) {
            int length = track.again(found.getAsLong(), scratch.plain());
            if (length > 0) {
                seal(length, track.againIndex(), length);
            }
        }
    }

    private void seal(int length, long index, int payloadBytes) {
        int sealed = sender.protect(scratch.plain(), length, index, scratch.sealed());
        portion -= sealed;
        if (out.send(scratch.sealed(), sealed)) {
            counters.sent(payloadBytes);
        } else {
            counters.unsendable();
        }
    }

    private void report(long nowNanos, TrackSender track) {
        control(new RtcpWriter(scratch.plain())
                .add(track.report(nowNanos, nowNanos + unixMinusMonotonicNanos))
                .add(new RtcpPacket.SourceDescription(track.sent().ssrc(), Answer.CNAME)));
    }

    private void control(RtcpWriter written) {
        int sealed = sender.protectControl(scratch.plain(), written.length(), scratch.sealed());
        out.send(scratch.sealed(), sealed);
    }

    private Optional<TrackSender> bySource(int ssrc) {
        return senders.stream().filter(s -> s.sent().ssrc() == ssrc).findFirst();
    }
}
