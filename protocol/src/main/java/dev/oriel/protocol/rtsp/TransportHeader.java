package dev.oriel.protocol.rtsp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way to carry media, as a {@code Transport} field lists them (RFC 2326 section 12.39).
 *
 * @param profile such as {@code RTP/AVP/TCP}; {@code RTP/AVP} means UDP
 * @param parameters what follows it, in order
 */
public record TransportHeader(String profile, List<Parameter> parameters) {

    /** The name of the header field. */
    public static final String NAME = "Transport";

    private static final int MAX_PARTS = 64;

    /**
     * One parameter.
     *
     * @param name lower case as the RFC has it, or as the peer writes it
     * @param value without quotes; empty for a flag such as {@code unicast}
     */
    public record Parameter(String name, String value) {}

    /**
     * Two numbers, of channels or ports: the first for RTP, the second for RTCP.
     *
     * @param rtp 0 to 65535
     * @param rtcp 0 to 65535
     */
    public record Pair(int rtp, int rtcp) {}

    public TransportHeader {
        parameters = List.copyOf(parameters);
    }

    /** Both packet kinds of a track on one TCP connection, on two channels next to each other. */
    public static TransportHeader interleaved(int rtpChannel) {
        return new TransportHeader(
                "RTP/AVP/TCP",
                List.of(
                        new Parameter("unicast", ""),
                        new Parameter("interleaved", rtpChannel + "-" + (rtpChannel + 1))));
    }

    /** In datagrams to us, RTP to a port of ours and RTCP to the next one. */
    public static TransportHeader unicast(int rtpPort) {
        return new TransportHeader(
                "RTP/AVP",
                List.of(new Parameter("unicast", ""), new Parameter("client_port", rtpPort + "-" + (rtpPort + 1))));
    }

    /** In datagrams to a group that the server names. */
    public static TransportHeader multicast() {
        return new TransportHeader("RTP/AVP", List.of(new Parameter("multicast", "")));
    }

    /** All ways a field lists, best first. Parts that say nothing are passed over. */
    public static List<TransportHeader> parse(String value) {
        List<TransportHeader> all = new ArrayList<>();
        for (String one : parts(value, ",")) {
            List<String> parts = parts(one.strip(), ";");
            List<Parameter> parameters = new ArrayList<>();
            for (String part : parts.subList(1, parts.size())) {
                int equals = part.indexOf('=');
                String name = (equals < 0 ? part : part.substring(0, equals)).strip();
                String text = equals < 0 ? "" : part.substring(equals + 1).strip();
                if (!name.isEmpty()) {
                    parameters.add(new Parameter(name, unquoted(text)));
                }
            }
            if (!parts.get(0).isBlank()) {
                all.add(new TransportHeader(parts.get(0).strip(), parameters));
            }
        }
        return all;
    }

    /** The first parts of a text, as many as are looked at. */
    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator, MAX_PARTS + 1))
                .limit(MAX_PARTS)
                .toList();
    }

    /** Whether media comes on the RTSP connection itself. */
    public boolean isInterleaved() {
        return profile.toUpperCase(Locale.ROOT).endsWith("/TCP") || has("interleaved");
    }

    /** Whether there is a parameter of this name, in any case. */
    public boolean has(String name) {
        return parameters.stream().anyMatch(p -> p.name().equalsIgnoreCase(name));
    }

    /** The value of a parameter. */
    public Optional<String> parameter(String name) {
        return parameters.stream()
                .filter(p -> p.name().equalsIgnoreCase(name))
                .map(Parameter::value)
                .findFirst();
    }

    /**
     * A parameter that holds two numbers, such as {@code interleaved=0-1} or {@code client_port=5000-5001}. Where only one
     * is written, the second is the next one.
     */
    public Optional<Pair> pair(String name) {
        String[] numbers = parameter(name).orElse("").split("-", 3);
        if (!isNumber(numbers[0])) {
            return Optional.empty();
        }
        int first = Integer.parseInt(numbers[0].strip());
        boolean both = numbers.length > 1 && isNumber(numbers[1]);
        return Optional.of(new Pair(first, both ? Integer.parseInt(numbers[1].strip()) : first + 1));
    }

    /** The same way and one parameter more. */
    public TransportHeader with(String name, String value) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value));
        return new TransportHeader(profile, more);
    }

    /** As it stands in the field. */
    public String write() {
        return profile
                + parameters.stream()
                        .map(p -> p.value().isEmpty() ? ";" + p.name() : ";" + p.name() + "=" + p.value())
                        .collect(Collectors.joining());
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("\\d{1,5}") && Integer.parseInt(text.strip()) <= 0xffff;
    }

    /** No parameter needs what quotes can hold, so that all can be written without them. */
    private static String unquoted(String text) {
        return text.replace("\"", "").strip();
    }
}
