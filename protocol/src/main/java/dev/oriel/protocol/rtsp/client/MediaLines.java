package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.media.MediaKind;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtp.RtpView;
import dev.oriel.protocol.rtsp.InterleavedChannels;
import dev.oriel.protocol.rtsp.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The tracks that a camera was asked for, and how the media of each comes: from the connection or from datagrams it is
 * brought into order, counted as a sign of life, and told.
 */
final class MediaLines {

    /** How many reports are kept that came before any media; they tell how the tracks' clocks belong together. */
    private static final int MAX_EARLY_REPORTS = 8;

    private static final long FIRST_SPEECH_NANOS = 500_000_000L;
    private static final long SPEECH_NANOS = 5_000_000_000L;

    private record EarlyReport(int line, byte[] bytes, int offset, int length) {}

    private final Conversation talk;
    private final RtspClientMachine.Media media;
    private final RandomGenerator random;
    private final MediaWatch watch = new MediaWatch();
    private final RtpView view = new RtpView();
    private final List<EarlyReport> early = new ArrayList<>();
    private final List<MediaFormat> selected = new ArrayList<>();
    private final List<UdpLine> udp = new ArrayList<>();
    private InterleavedChannels channels = new InterleavedChannels();
    private List<MediaFormat> offered = List.of();
    private Optional<MediaWay> way = Optional.empty();
    private long now;
    private boolean speaks;
    private long nextSpeechNanos;

    MediaLines(Conversation talk, RtspClientMachine.Media media, RandomGenerator random) {
        this.talk = talk;
        this.media = media;
        this.random = random;
    }

    /** Forgets what was set up: it begins anew, another way. */
    void clear() {
        channels = new InterleavedChannels();
        selected.clear();
        udp.clear();
        early.clear();
        speaks = false;
    }

    void describe(List<MediaFormat> described) {
        offered = described;
    }

    /** The place of the next track that is set up. */
    int next() {
        return selected.size();
    }

    void overTcp(MediaFormat format, TransportHeader.Pair answered, TransportHeader.Pair asked) {
        channels.assign(selected.size(), answered, asked);
        selected.add(format);
        way = Optional.of(MediaWay.TCP);
    }

    /** A track that comes in datagrams; {@code server} are the camera's ports, where it says them and we may speak to them. */
    void overUdp(MediaFormat format, MediaWay as, Optional<TransportHeader.Pair> server, long nowNanos) {
        int line = selected.size();
        UdpLine made = new UdpLine(
                line,
                format.track().clockRateHz(),
                random.nextInt(),
                (arrived, bytes, offset, length) -> tell(line, arrived, bytes, offset, length));
        server.ifPresent(ports -> made.told(ports.rtp(), ports.rtcp()));
        udp.add(made);
        selected.add(format);
        way = Optional.of(as);
        if (as == MediaWay.UDP) {
            speaks = true;
            nextSpeechNanos = nowNanos;
        }
    }

    /** How media comes, once that is agreed. */
    Optional<MediaWay> way() {
        return way;
    }

    /** The camera has been told to play. */
    void due(long nowNanos) {
        now = nowNanos;
        boolean picture = selected.stream().anyMatch(f -> f.track().kind() == MediaKind.VIDEO);
        watch.begin(nowNanos, picture);
        nextSpeechNanos = nowNanos;
    }

    MediaWatch watch() {
        return watch;
    }

    void frame(long nowNanos, int channel, byte[] bytes, int offset, int length) {
        now = nowNanos;
        int line = channels.line(channel);
        if (line < 0 || line >= selected.size()) {
            return;
        }
        if (channels.isControl(channel)) {
            report(line, bytes, offset, length);
        } else {
            tell(line, nowNanos, bytes, offset, length);
        }
    }

    void datagram(long nowNanos, int line, boolean control, int fromPort, byte[] bytes, int offset, int length) {
        now = nowNanos;
        if (line >= udp.size() || !talk.state().takesMedia()) {
            return;
        }
        if (!control) {
            udp.get(line).rtp(nowNanos, fromPort, bytes, offset, length);
        } else if (udp.get(line).rtcp(nowNanos, fromPort, bytes, offset, length)) {
            report(line, bytes, offset, length);
        }
    }

    OptionalLong deadlineNanos() {
        OptionalLong first = speaks ? OptionalLong.of(nextSpeechNanos) : OptionalLong.empty();
        for (UdpLine line : udp) {
            OptionalLong other = line.deadlineNanos();
            boolean earlier = other.isPresent() && (first.isEmpty() || other.getAsLong() - first.getAsLong() < 0);
            first = earlier ? other : first;
        }
        return first;
    }

    void wake(long nowNanos) {
        now = nowNanos;
        for (UdpLine line : udp) {
            line.wake(nowNanos);
        }
        if (speaks && nowNanos - nextSpeechNanos >= 0) {
            nextSpeechNanos = nowNanos + (talk.state() == State.PLAYING ? SPEECH_NANOS : FIRST_SPEECH_NANOS);
            for (UdpLine line : udp) {
                line.speak(nowNanos, talk::act);
            }
        }
    }

    private void tell(int line, long arrivedNanos, byte[] bytes, int offset, int length) {
        if (!talk.state().takesMedia() || !view.moveTo(bytes, offset, length)) {
            // Broken from the first packet on is as good as silent; later it is the receiver who counts.
            if (talk.state() == State.PLAYING) {
                media.rtp(arrivedNanos, line, bytes, offset, length);
            }
            return;
        }
        if (talk.state() != State.PLAYING) {
            begin();
        }
        if (selected.get(line).track().kind() == MediaKind.VIDEO) {
            watch.picture(now, view.timestamp());
        } else {
            watch.sound(now);
        }
        media.rtp(arrivedNanos, line, bytes, offset, length);
    }

    private void begin() {
        if (talk.state() == State.PLAY) {
            // Cameras send before, or instead of, the answer to PLAY.
            due(now);
        }
        talk.enter(State.PLAYING);
        nextSpeechNanos = now + SPEECH_NANOS;
        media.begin(List.copyOf(offered), List.copyOf(selected));
        for (EarlyReport report : early) {
            media.rtcp(report.line(), report.bytes(), report.offset(), report.length());
        }
        early.clear();
    }

    private void report(int line, byte[] bytes, int offset, int length) {
        if (talk.state() == State.PLAYING) {
            media.rtcp(line, bytes, offset, length);
        } else if (talk.state().takesMedia() && early.size() < MAX_EARLY_REPORTS) {
            early.add(new EarlyReport(line, bytes, offset, length));
        }
    }
}
