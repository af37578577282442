package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.rtp.jpeg.PictureSize;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.sound.SoundFormat;
import dev.oriel.protocol.rtp.sound.SoundPacking;
import dev.oriel.protocol.sdp.MediaDescription;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a camera's description says about one media section.
 *
 * @param track the section as sinks see it; {@link Codec.Other} where it cannot be forwarded
 * @param otherPayloadTypes payload types of the section that carry something else, such as tones
 * @param control the section's {@code control} attribute, empty where it has none
 * @param video how its video comes
 * @param packing how its sound comes; absent where it is no sound that is known
 * @param talkBack whether it takes sound instead of sending it, as ONVIF back channels do
 */
public record MediaFormat(
        Track track,
        Set<Integer> otherPayloadTypes,
        String control,
        VideoPacking video,
        Optional<SoundPacking> packing,
        boolean talkBack) {

    private static final Pattern NUMBERED = Pattern.compile("(?i)\\bsprop-max-don-diff\\s*=\\s*0*[1-9]");

    private static final Pattern SIZE = Pattern.compile("(?:\\d+\\s+)?(\\d{1,5})\\s*[-,x]\\s*(\\d{1,5})\\s*");

    /** As many payload types as there are. */
    private static final int MAX_FORMATS = 128;

    public MediaFormat {
        otherPayloadTypes = Set.copyOf(otherPayloadTypes);
    }

    /** The sections of a description in order, each with the one of its formats that comes farthest ({@link #rank}). */
    public static List<MediaFormat> of(SessionDescription session) {
        boolean saysRecvonly =
                session.media().stream().anyMatch(m -> m.attributes().has("recvonly"));
        List<MediaFormat> all = new ArrayList<>();
        for (MediaDescription media : session.media()) {
            boolean talkBack = saysRecvonly && media.attributes().has("sendonly");
            all.add(of(session, media, all.size(), talkBack));
        }
        return all;
    }

    /** Whether it can be forwarded. */
    public boolean isUsable() {
        return !(track.codec() instanceof Codec.Other) && !talkBack;
    }

    /** How far its media comes: 0 as far as a browser, 1 as far as sinks, 2 nowhere. */
    public int rank() {
        return isUsable() ? rank(track.codec()) : 2;
    }

    private static int rank(Codec codec) {
        if (codec instanceof Codec.Other) {
            return 2;
        }
        return codec instanceof Codec.Jpeg
                        || codec instanceof Codec.Aac
                        || codec instanceof Codec.L16
                        || codec instanceof Codec.G726
                ? 1
                : 0;
    }

    private static MediaFormat of(SessionDescription session, MediaDescription media, int index, boolean talkBack) {
        List<String> formats = media.formats().isEmpty() ? List.of("") : media.formats();
        Optional<Track> track = Optional.empty();
        String chosen = formats.get(0);
        for (String format : formats.subList(0, Math.min(formats.size(), MAX_FORMATS))) {
            Track candidate = track(session, media, index, format);
            if (track.isEmpty() || rank(candidate.codec()) < rank(track.get().codec())) {
                track = Optional.of(candidate);
                chosen = format;
            }
        }
        String taken = chosen;
        Set<Integer> others = formats.stream()
                .filter(f -> !f.equals(taken) && f.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        String control = media.attributes().first("control").orElse("");
        Optional<SoundPacking> packing = sound(media, chosen).map(SoundFormat::packing);
        return new MediaFormat(track.orElseThrow(), others, control, video(media), packing, talkBack);
    }

    private static Track track(SessionDescription session, MediaDescription media, int index, String format) {
        String[] map = rtpmap(media, format);
        String name = map[0].strip();
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "H264" -> video(index, new Codec.H264(described(session, media, format, NalSyntax.H264)));
            case "H265", "HEVC" -> video(index, new Codec.H265(described(session, media, format, NalSyntax.H265)));
            case "JPEG" -> video(index, new Codec.Jpeg());
            default ->
                sound(media, format)
                        .map(s -> new Track(index, MediaKind.AUDIO, s.codec(), s.clockRateHz(), s.channels()))
                        .orElseGet(() -> {
                            Codec other = new Codec.Other(name.isEmpty() ? format : name);
                            return new Track(index, kind(media), other, rate(map, 90_000), channels(map, 1));
                        });
        };
    }

    private static Optional<SoundFormat> sound(MediaDescription media, String format) {
        String[] map = rtpmap(media, format);
        // Some cameras write another number in front of the parameters, or none.
        String parameters = media.about("fmtp", format)
                .orElseGet(() -> media.attributes().all("fmtp").stream()
                        .filter(text -> text.toLowerCase(Locale.ROOT).contains("config="))
                        .findFirst()
                        .orElse(""));
        return SoundFormat.of(map[0].strip(), rate(map, 0), channels(map, 0), parameters);
    }

    private static String[] rtpmap(MediaDescription media, String format) {
        return media.about("rtpmap", format).orElse(staticMap(format)).split("/", 4);
    }

    private static int rate(String[] map, int otherwise) {
        return map.length > 1 ? number(map[1], 1_000_000, otherwise) : otherwise;
    }

    private static int channels(String[] map, int otherwise) {
        return map.length > 2 ? number(map[2], 8, otherwise) : otherwise;
    }

    private static Track video(int index, Codec codec) {
        return new Track(index, MediaKind.VIDEO, codec, 90_000, 1);
    }

    private static VideoPacking video(MediaDescription media) {
        boolean numbered =
                media.attributes().all("fmtp").stream().map(NUMBERED::matcher).anyMatch(Matcher::find);
        return new VideoPacking(size(media), numbered);
    }

    /** As in {@code x-dimensions:1920,1080} or {@code framesize:26 1920-1080}, for JPEG of more than 2040 pixels. */
    private static PictureSize size(MediaDescription media) {
        return media.attributes()
                .first("x-dimensions")
                .or(() -> media.attributes().first("framesize"))
                .map(SIZE::matcher)
                .filter(Matcher::matches)
                .map(found -> new PictureSize(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                .filter(PictureSize::isKnown)
                .orElse(PictureSize.UNKNOWN);
    }

    private static MediaKind kind(MediaDescription media) {
        return switch (media.media().toLowerCase(Locale.ROOT)) {
            case "video" -> MediaKind.VIDEO;
            case "audio" -> MediaKind.AUDIO;
            default -> MediaKind.APPLICATION;
        };
    }

    /** Payload types that mean something without being explained (RFC 3551 section 6). */
    private static String staticMap(String format) {
        return switch (format) {
            case "0" -> "PCMU/8000";
            case "2" -> "G726-32/8000";
            case "3" -> "GSM/8000";
            case "8" -> "PCMA/8000";
            case "9" -> "G722/8000";
            case "10" -> "L16/44100/2";
            case "11" -> "L16/44100/1";
            case "14" -> "MPA/90000";
            case "26" -> "JPEG/90000";
            case "32" -> "MPV/90000";
            case "33" -> "MP2T/90000";
            default -> "";
        };
    }

    /** Parameter sets from the fmtp lines: those of this format, or, as some cameras misplace them, any of the section's. */
    private static List<Bytes> described(
            SessionDescription session, MediaDescription media, String format, NalSyntax syntax) {
        List<Bytes> sets =
                media.about("fmtp", format).map(text -> decode(text, syntax)).orElse(List.of());
        if (!sets.isEmpty()) {
            return sets;
        }
        List<String> everywhere = new ArrayList<>(media.attributes().all("fmtp"));
        everywhere.addAll(session.attributes().all("fmtp"));
        session.media().stream().flatMap(m -> m.about("fmtp", format).stream()).forEach(everywhere::add);
        return everywhere.stream()
                .map(text -> decode(text, syntax))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Bytes> decode(String fmtp, NalSyntax syntax) {
        List<String> names = syntax == NalSyntax.H264
                ? List.of("sprop-parameter-sets")
                : List.of("sprop-vps", "sprop-sps", "sprop-pps");
        List<Bytes> sets = new ArrayList<>();
        for (String name : names) {
            int at = fmtp.toLowerCase(Locale.ROOT).indexOf(name + "=");
            if (at >= 0) {
                String value = fmtp.substring(at + name.length() + 1).split("[;\\s]", 2)[0];
                sets.addAll(ParameterSets.decode(syntax, value.replace("\"", "")));
            }
        }
        return sets;
    }

    private static int number(String text, int most, int otherwise) {
        String digits = text.strip();
        int value = digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
        return value >= 1 && value <= most ? value : otherwise;
    }
}
