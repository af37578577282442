package dev.oriel.protocol.rtp.sound;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.Codec.G726.Packing;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a description says of a format of sound that is known here.
 *
 * @param codec as sinks get it
 * @param clockRateHz of its timestamps, above 0, as far as the description can be believed
 * @param channels 1 or more
 * @param packing how it comes
 */
public record SoundFormat(Codec codec, int clockRateHz, int channels, SoundPacking packing) {

    private static final Pattern PARAMETER = Pattern.compile("([\\w-]+)\\s*=\\s*(\"[^\"]*\"|[^;\\s]*)");
    private static final Pattern G726_NAME = Pattern.compile("(AAL2-)?G726-(16|24|32|40)");
    private static final int G711_RATE = 8000;

    /** The time to look for parameters grows with the square of their length. */
    private static final int MAX_PARAMETERS = 4096;

    /**
     * Reads a format; empty if it is none that is known here.
     *
     * @param name the encoding name as the camera writes it; empty if it writes none
     * @param rate the clock rate it names; 0 if it names none that can be
     * @param channels how many it names; 0 if it names none
     * @param parameters the text of {@code a=fmtp}; empty if there is none
     */
    public static Optional<SoundFormat> of(String name, int rate, int channels, String parameters) {
        int some = Math.max(channels, 1);
        String upper = name.toUpperCase(Locale.ROOT);
        return switch (upper) {
            // Some cameras write another clock rate than the 8000 Hz that G.711, G.722 and G.726 have.
            case "PCMU" -> Optional.of(samples(new Codec.Pcmu(), G711_RATE, some, some, 1));
            case "PCMA" -> Optional.of(samples(new Codec.Pcma(), G711_RATE, some, some, 1));
            case "G722" -> Optional.of(samples(new Codec.G722(), G711_RATE, some, some, 1));
            case "L16" -> Optional.of(samples(new Codec.L16(), rate == 0 ? 44_100 : rate, some, 2 * some, 1));
            // Hikvision's name for L16 with the low byte first.
            case "PCM" ->
                Optional.of(new SoundFormat(
                        new Codec.L16(),
                        rate == 0 ? G711_RATE : rate,
                        some,
                        new SoundPacking.Samples(2 * some, 1, true)));
            case "OPUS" ->
                Optional.of(new SoundFormat(new Codec.Opus(), 48_000, Math.max(some, 2), new SoundPacking.Whole()));
            case "MPEG4-GENERIC", "AAC", "MP4A-LATM" -> aac(upper, rate, channels, read(parameters));
            case "" ->
                parameters.toUpperCase(Locale.ROOT).contains("MODE=AAC-")
                        ? aac("MPEG4-GENERIC", rate, channels, read(parameters))
                        : Optional.empty();
            default -> g726(upper, some);
        };
    }

    private static SoundFormat samples(Codec codec, int rate, int channels, int unitBytes, int unitTicks) {
        return new SoundFormat(codec, rate, channels, new SoundPacking.Samples(unitBytes, unitTicks, false));
    }

    private static Optional<SoundFormat> g726(String name, int channels) {
        Matcher matcher = G726_NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(matcher.group(2)) / 8;
        Packing packing = matcher.group(1) == null ? Packing.LOW_FIRST : Packing.HIGH_FIRST;
        // The fewest samples that end with a byte: 8 of odd sizes, else as many as one byte holds.
        int unitTicks = (bits & 1) == 1 ? 8 : 8 / bits;
        int unitBytes = bits * unitTicks / 8;
        Codec codec = new Codec.G726(bits, packing);
        return Optional.of(samples(codec, G711_RATE, channels, unitBytes * channels, unitTicks));
    }

    private static Optional<SoundFormat> aac(String name, int rate, int channels, Map<String, String> parameters) {
        String mode = parameters.getOrDefault("mode", "").toUpperCase(Locale.ROOT);
        if (mode.startsWith("CELP") || number(parameters, "streamtype", 63, 5) != 5) {
            return Optional.empty();
        }
        boolean latm = name.equals("MP4A-LATM");
        Optional<Bytes> described = hex(parameters.getOrDefault("config", ""));
        Optional<StreamMux> mux = latm ? described.flatMap(StreamMux::parse) : Optional.empty();
        Optional<AudioConfig> config = mux.map(StreamMux::config).or(() -> described.flatMap(AudioConfig::parse));
        int type = latm ? number(parameters, "object", 30, AudioConfig.AAC_LC) : AudioConfig.AAC_LC;
        // A clock of 90 kHz is no rate of samples.
        int likelyRate = rate == 0 || rate == 90_000 ? 48_000 : rate;
        AudioConfig guess = config.orElse(AudioConfig.of(Math.max(type, 1), likelyRate, Math.max(channels, 1)));
        int clock = rate == 0 ? guess.sampleRateHz() : rate;
        SoundPacking packing;
        if (latm) {
            // Some cameras describe the access units where the multiplex should be described.
            Optional<StreamMux> meant = mux.or(() -> config.map(StreamMux::simple));
            Optional<Boolean> inBand =
                    Optional.ofNullable(parameters.get("cpresent")).map(text -> !text.equals("0"));
            packing = new SoundPacking.Latm(inBand, meant, guess);
        } else {
            packing = generic(mode, parameters, guess);
        }
        boolean toldLater = latm && config.isEmpty();
        Codec codec = new Codec.Aac(toldLater ? Bytes.copyOf(new byte[0]) : guess.bytes());
        return Optional.of(new SoundFormat(codec, clock, guess.channels(), packing));
    }

    private static SoundPacking generic(String mode, Map<String, String> parameters, AudioConfig config) {
        boolean said = parameters.containsKey("sizelength") || parameters.containsKey("constantsize");
        boolean low = mode.equals("AAC-LBR");
        // A description without mode and lengths means AAC-hbr, as nearly all do; with mode=generic, no headers at all.
        boolean usual = !said && !mode.equals("GENERIC");
        int size = usual ? low ? 6 : 13 : 0;
        int index = usual ? low ? 2 : 3 : 0;
        int extra =
                number(parameters, "randomaccessindication", 1, 0) + number(parameters, "streamstateindication", 32, 0);
        return new SoundPacking.Generic(
                number(parameters, "sizelength", 32, size),
                number(parameters, "indexlength", 32, index),
                number(parameters, "indexdeltalength", 32, index),
                number(parameters, "ctsdeltalength", 32, 0),
                number(parameters, "dtsdeltalength", 32, 0),
                extra,
                number(parameters, "auxiliarydatasizelength", 32, 0),
                number(parameters, "constantsize", 65_535, 0),
                config);
    }

    private static Map<String, String> read(String parameters) {
        Map<String, String> all = new TreeMap<>();
        Matcher matcher = PARAMETER.matcher(parameters.substring(0, Math.min(parameters.length(), MAX_PARAMETERS)));
        while (matcher.find()) {
            String value = matcher.group(2).replace("\"", "").strip();
            all.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return all;
    }

    private static int number(Map<String, String> parameters, String name, int most, int otherwise) {
        String text = parameters.getOrDefault(name, "");
        int value = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        return value >= 0 && value <= most ? value : otherwise;
    }

    private static Optional<Bytes> hex(String text) {
        try {
            // An odd digit at the end is the high half of a byte.
            String even = (text.length() & 1) == 0 ? text : text + "0";
            byte[] bytes = HexFormat.of().parseHex(even);
            return bytes.length == 0 ? Optional.empty() : Optional.of(Bytes.copyOf(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
