package dev.oriel.protocol.rtp.picture;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.BitReader;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures what a video track is like, from its packets in the form that sinks are promised.
 *
 * <p>Per packet it compares and adds; per picture it reads the first bytes of a slice; only {@link #report} makes objects.
 * Confined to one thread.
 */
public final class PictureMeter {

    /** Timestamps that jump by more than this many seconds, or back by more, are not of one stream. */
    private static final int LONGEST_PAUSE_SECONDS = 60;

    private static final int SLICE_BYTES = 48;

    private record Codecs(NalSyntax nals, PictureSyntax pictures) {}

    private final int rateHz;
    private final RecentPictures recent;
    private final PictureOrder order = new PictureOrder();
    private final byte[] scratch = new byte[SLICE_BYTES];
    private final byte[] raw = new byte[2 * SLICE_BYTES];

    private Optional<Codecs> codecs = Optional.empty();
    private final KnownSets sets = new KnownSets();
    private int widthPixels;
    private int heightPixels;

    private boolean started;
    private boolean ended;
    private int lastSequenceNumber;
    private int lastTimestamp;
    private long ticks;

    private boolean keyframeSeen;
    private boolean complete;
    private long groupStart;
    private int groupFrames;
    private int lastGroupFrames;
    private long lastGroupTicks;
    private long highestTicks;
    private boolean orderDue;
    private long pictures;

    /** @param rateHz ticks of the track's timestamps per second, above 0 */
    public PictureMeter(int rateHz) {
        this.rateHz = rateHz;
        this.recent = new RecentPictures(rateHz);
    }

    /** The codec from now on, with the parameter sets known by now. */
    public void codec(Codec codec) {
        sets.clear();
        order.clear();
        if (codec instanceof Codec.H264 h264) {
            codec(NalSyntax.H264, h264.parameterSets());
        } else if (codec instanceof Codec.H265 h265) {
            codec(NalSyntax.H265, h265.parameterSets());
        } else {
            codecs = Optional.empty();
        }
    }

    private void codec(NalSyntax syntax, List<Bytes> parameterSets) {
        Codecs of = new Codecs(syntax, PictureSyntax.of(syntax));
        codecs = Optional.of(of);
        parameterSets.forEach(nal -> parameters(of, nal.toArray()));
        sets.only().ifPresent(s -> size(s.widthPixels(), s.heightPixels()));
    }

    /** The size of pictures that tell it otherwise than by parameter sets; ignored unless both are above 0. */
    public void size(int width, int height) {
        if (width > 0 && height > 0) {
            widthPixels = width;
            heightPixels = height;
        }
    }

    /** One packet of the track. */
    public void packet(RtpPacket packet) {
        boolean gap = started && (packet.sequenceNumber() - lastSequenceNumber & 0xffff) != 1;
        lastSequenceNumber = packet.sequenceNumber();
        if (gap) {
            order.reset();
        }
        if (!started || ended || packet.timestamp() != lastTimestamp) {
            beginPicture(packet);
        }
        started = true;
        ended = packet.marker();
        recent.add(packet.payloadLength());
        if (orderDue && codecs.isPresent()) {
            readOrder(packet, codecs.get());
        }
    }

    /** How many pictures there have been. */
    public long pictures() {
        return pictures;
    }

    /** What was measured; absent before the second picture. */
    public Optional<PictureReport> report() {
        if (pictures < 2) {
            return Optional.empty();
        }
        RecentPictures.Rates rates = recent.rates();
        long longest = Math.max(complete ? lastGroupTicks : 0, highestTicks - groupStart);
        return Optional.of(new PictureReport(
                widthPixels,
                heightPixels,
                rates.framesPerSecond(),
                rates.bitsPerSecond(),
                complete ? lastGroupFrames : 0,
                Duration.ofNanos(longest * 1_000_000_000L / rateHz),
                order.isReordered() ? PictureReport.Order.REORDERED : PictureReport.Order.AS_SHOWN));
    }

    private void beginPicture(RtpPacket packet) {
        int step = started ? packet.timestamp() - lastTimestamp : 0;
        lastTimestamp = packet.timestamp();
        if (Math.abs((long) step) > (long) LONGEST_PAUSE_SECONDS * rateHz) {
            // Another source, or a clock that was set: what came before cannot be compared.
            recent.clear();
            highestTicks = 0;
            ticks = 0;
            groupStart = 0;
            groupFrames = 0;
            order.reset();
        } else {
            ticks += step;
            highestTicks = Math.max(highestTicks, ticks);
        }
        if (packet.startsKeyframe()) {
            complete |= keyframeSeen;
            keyframeSeen = true;
            lastGroupFrames = groupFrames;
            lastGroupTicks = ticks - groupStart;
            groupStart = ticks;
            groupFrames = 0;
        }
        groupFrames++;
        pictures++;
        orderDue = true;
        recent.begin(ticks);
    }

    private void parameters(Codecs of, byte[] nal) {
        if (nal.length <= of.nals.headerBytes()) {
            return;
        }
        BitReader in = SequenceInfo.unescaped(of.nals, nal, 0, nal.length);
        switch (of.pictures.kind(of.nals.type(of.nals.header(nal, 0)))) {
            case SEQUENCE -> of.pictures.sequence(in).ifPresent(sets::put);
            case PICTURE_SET -> sets.put(of.pictures.pictureSet(in));
            default -> {
                // Says nothing about order or size.
            }
        }
    }

    /** Looks for the first slice of the picture and its place in the order of showing. */
    private void readOrder(RtpPacket packet, Codecs of) {
        int at = of.nals.headerBytes();
        if (packet.payloadLength() <= at + 1) {
            return;
        }
        for (int i = 0; i < at; i++) {
            raw[i] = packet.payloadAt(i);
        }
        int header = of.nals.header(raw, 0);
        if (of.nals.type(header) == of.nals.fragmentType()) {
            int fragment = packet.payloadAt(at);
            if ((fragment & NalSyntax.FRAGMENT_START) == 0) {
                return;
            }
            header = of.nals.withType(header, of.nals.typeInFragment(fragment));
            at++;
        }
        PictureSyntax.Kind kind = of.pictures.kind(of.nals.type(header));
        switch (kind) {
            case LEADING_SLICE -> {
                orderDue = false;
                order.picture(sets.only().filter(SequenceInfo::orderFixed).isEmpty());
            }
            case RESET_SLICE, SLICE -> {
                orderDue = false;
                if (kind == PictureSyntax.Kind.RESET_SLICE) {
                    order.reset();
                }
                readSlice(packet, at, header, of);
            }
            default -> {
                // The slice is still to come.
            }
        }
    }

    private void readSlice(RtpPacket packet, int from, int header, Codecs of) {
        int n = Math.min(packet.payloadLength() - from, raw.length);
        for (int i = 0; i < n; i++) {
            raw[i] = packet.payloadAt(from + i);
        }
        int length = BitReader.unescape(raw, 0, n, scratch);
        of.pictures
                .slice(new BitReader(scratch, 0, length), header, sets, order)
                .ifPresent(s -> size(s.widthPixels(), s.heightPixels()));
    }
}
