package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.rtp.jpeg.PictureSize;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.picture.PictureMeter;
import dev.oriel.protocol.rtp.sound.AudioConfig;
import dev.oriel.protocol.rtp.sound.SoundPacking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The receiving side of a camera's media: takes RTP and RTCP of each track as they come in, and tells a sink tracks and
 * packets in the form {@link RtpPacket} promises.
 *
 * <p>Order of calls: {@link #begin} once, then the rest in any order. The end is not told here. Confined to one thread; the
 * sink is called within the calls. What comes in must stay as it is: packets go on as windows on it.
 */
public final class MediaReceiver {

    /** Seconds from 1900, where NTP begins, do not fit what is multiplied by 10^9; only differences matter. */
    private static final long NTP_BASE_SECONDS = 3_900_000_000L;

    private static final int SENDER_REPORT = 200;

    private final MediaSink sink;
    private final RtpView view = new RtpView();
    private final List<Track> tracks = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private long malformed;

    /**
     * What has come in by now.
     *
     * @param packets RTP packets that were taken
     * @param lost packets whose numbers were missing
     * @param malformed packets, or NAL units in them, that made no sense
     */
    public record Counters(long packets, long lost, long malformed) {}

    /**
     * A receiver.
     *
     * @param offered everything the camera describes; what cannot be forwarded, and sound that browsers do not play where there is another, is told
     *     to the sink too, as a track that is only named
     * @param selected those of them whose packets will come, in the order in which they are numbered here
     */
    public MediaReceiver(List<MediaFormat> offered, List<MediaFormat> selected, MediaSink sink) {
        this.sink = sink;
        for (MediaFormat format : offered) {
            boolean taken = selected.contains(format);
            boolean unheard = format.rank() > 0 && format.track().kind() == MediaKind.AUDIO;
            if (taken || unheard || !format.isUsable()) {
                tracks.add(taken || !format.isUsable() && !format.talkBack() ? format.track() : unused(format.track()));
            }
        }
        for (MediaFormat format : selected) {
            lines.add(new Line(format));
        }
    }

    /** Tells the sink the tracks. */
    public void begin() {
        sink.onTracks(List.copyOf(tracks));
    }

    /** Takes an RTP packet of a track, by its place among the selected. */
    public void rtp(long nowNanos, int line, byte[] bytes, int offset, int length) {
        if (view.moveTo(bytes, offset, length)) {
            lines.get(line).receive(nowNanos, view);
        } else {
            malformed++;
        }
    }

    /** What the video is like by now; absent until enough of it was seen. */
    public Optional<PictureReport> picture() {
        return lines.stream().flatMap(line -> line.picture().stream()).findFirst();
    }

    /** What people should know of the media, a sentence each. */
    public List<String> remarks() {
        return lines.stream()
                .flatMap(line -> line.normaliser.remarks().stream())
                .toList();
    }

    /** Takes an RTCP packet of a track; of all it may say, sender reports are used. */
    public void rtcp(int line, byte[] bytes, int offset, int length) {
        boolean report = length >= 28 && (bytes[offset] & 0xc0) == 0x80 && (bytes[offset + 1] & 0xff) == SENDER_REPORT;
        if (report) {
            long seconds = (RtpView.int32(bytes, offset + 8) & 0xffff_ffffL) - NTP_BASE_SECONDS;
            long fraction = RtpView.int32(bytes, offset + 12) & 0xffff_ffffL;
            long wallNanos = seconds * 1_000_000_000L + (fraction * 1_000_000_000L >>> 32);
            lines.get(line).clock.report(wallNanos, RtpView.int32(bytes, offset + 16));
        }
    }

    /** What has come in by now, over all tracks. */
    public Counters counters() {
        long packets = 0;
        long lost = 0;
        long bad = malformed;
        for (Line line : lines) {
            packets += line.packets;
            lost += line.sequence.lost();
            bad += line.normaliser.malformed();
        }
        return new Counters(packets, lost, bad);
    }

    private static Track unused(Track track) {
        return new Track(
                track.index(),
                track.kind(),
                new Codec.Other(track.codec().encodingName()),
                track.clockRateHz(),
                track.channels());
    }

    /** When the media was captured: as the first line's clock has it, where sender reports tell how the two belong together. */
    private long captured(Line line, long nowNanos, int timestamp) {
        long own = line.clock.captured(nowNanos, timestamp);
        Line first = lines.get(0);
        if (line == first) {
            return own;
        }
        OptionalLong wall = line.clock.wallNanos(timestamp);
        OptionalLong offset = first.clock.offsetNanos();
        if (wall.isEmpty() || offset.isEmpty()) {
            return own;
        }
        // Reports that would move media by more than this are wrong: some cameras' tracks have clocks of their own.
        long aligned = wall.getAsLong() + offset.getAsLong();
        return Math.abs(aligned - own) <= TrackClock.MAX_DRIFT_NANOS ? aligned : own;
    }

    /** One track on its way. */
    private final class Line implements Consumer<RtpPacket> {
        private final MediaFormat format;
        private final SequenceTracker sequence = new SequenceTracker();
        private TrackClock clock;
        private final Normaliser normaliser;
        private final Optional<PictureMeter> meter;
        private Track track;
        private long packets;

        Line(MediaFormat format) {
            this.format = format;
            this.track = format.track();
            this.clock = new TrackClock(track.clockRateHz());
            this.normaliser = normaliser(track);
            this.meter = track.kind() == MediaKind.VIDEO
                    ? Optional.of(new PictureMeter(track.clockRateHz()))
                    : Optional.empty();
            meter.ifPresent(m -> m.codec(track.codec()));
        }

        void receive(long nowNanos, RtpView packet) {
            if (format.otherPayloadTypes().contains(packet.payloadType())) {
                return;
            }
            SequenceTracker.Arrival arrival = sequence.arrived(packet.sequenceNumber(), packet.ssrc());
            if (arrival != SequenceTracker.Arrival.OLD) {
                packets++;
                normaliser.receive(packet, arrival, captured(this, nowNanos, packet.timestamp()));
            }
        }

        @Override
        public void accept(RtpPacket packet) {
            if (meter.isPresent()) {
                meter.get().packet(packet);
            }
            sink.onPacket(track, packet);
        }

        Optional<PictureReport> picture() {
            Optional<PictureReport> measured = meter.flatMap(PictureMeter::report);
            return normaliser.isOutOfOrder()
                    ? measured.map(report -> report.with(PictureReport.Order.INTERLEAVED))
                    : measured;
        }

        private Normaliser normaliser(Track of) {
            Codec codec = of.codec();
            NumberedPackets numbered = new NumberedPackets(this);
            if (codec instanceof Codec.H264 h264) {
                return nals(NalSyntax.H264, h264.parameterSets(), numbered);
            }
            if (codec instanceof Codec.H265 h265) {
                return nals(NalSyntax.H265, h265.parameterSets(), numbered);
            }
            if (codec instanceof Codec.Jpeg) {
                return new JpegNormaliser(format.video().size(), numbered, this::sized);
            }
            SoundPacking packing = format.packing().orElse(new SoundPacking.Whole());
            return new SoundNormaliser(packing, of.clockRateHz(), this, this::soundChanged);
        }

        private void soundChanged(AudioConfig config, int clockRateHz) {
            if (clockRateHz != track.clockRateHz()) {
                clock = new TrackClock(clockRateHz);
            }
            tell(new Track(track.index(), track.kind(), new Codec.Aac(config.bytes()), clockRateHz, config.channels()));
        }

        private Normaliser nals(NalSyntax syntax, List<Bytes> sets, NumberedPackets numbered) {
            return new H26xNormaliser(syntax, sets, format.video().numbered(), numbered, this::codecChanged);
        }

        private void sized(PictureSize size) {
            meter.ifPresent(m -> m.size(size.widthPixels(), size.heightPixels()));
        }

        private void codecChanged(Codec codec) {
            meter.ifPresent(m -> m.codec(codec));
            tell(new Track(track.index(), track.kind(), codec, track.clockRateHz(), track.channels()));
        }

        private void tell(Track changed) {
            tracks.replaceAll(t -> t.index() == changed.index() ? changed : t);
            track = changed;
            begin();
        }
    }
}
