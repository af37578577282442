package dev.oriel.protocol.rtp.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that others made, with the access units that are in them. */
class GoldenSoundTest {

    @ParameterizedTest
    @ValueSource(strings = {"gstreamer-generic-fragments", "gstreamer-latm-fragments", "ffmpeg-latm-inband"})
    void packets_ofOthers_giveTheAccessUnitsThatWentIn(String name) throws IOException {
        List<String> lines = read(name);
        Heard heard = heard(lines);

        for (String line : starting(lines, "> ")) {
            feed(heard, line);
        }

        assertEquals(starting(lines, "< "), units(heard));
        assertEquals(0, heard.reader.malformed());
    }

    /** Each packet lost in turn: the unit it belongs to is missing, and no other. */
    @ParameterizedTest
    @ValueSource(strings = {"gstreamer-generic-fragments", "gstreamer-latm-fragments"})
    void packets_ofOthersOneLost_giveAllUnitsButOne(String name) throws IOException {
        List<String> lines = read(name);
        List<String> packets = starting(lines, "> ");
        List<String> timestamps =
                packets.stream().map(p -> p.split(" ")[0]).distinct().toList();
        for (int lost = 0; lost < packets.size(); lost++) {
            Heard heard = heard(lines);
            for (int i = 0; i < packets.size(); i++) {
                if (i == lost) {
                    heard.gap();
                } else {
                    feed(heard, packets.get(i));
                }
            }
            List<String> expected = new ArrayList<>(starting(lines, "< "));
            expected.remove(timestamps.indexOf(packets.get(lost).split(" ")[0]));

            assertEquals(expected, units(heard), "without packet " + lost);
            assertEquals(0, heard.reader.malformed(), "without packet " + lost);
        }
    }

    private static Heard heard(List<String> lines) {
        String[] format = starting(lines, "@ ").get(0).split(" ", 2);
        return new Heard(format[0], format[1]);
    }

    private static void feed(Heard heard, String line) {
        String[] parts = line.split(" ");
        heard.packet(Integer.parseInt(parts[0]), parts[1].equals("M"), parts[2]);
    }

    private static List<String> units(Heard heard) {
        // What has a slash in place of a blank is the config.
        return heard.told.stream()
                .filter(told -> told.contains(" "))
                .map(told -> told.split(" ")[1])
                .toList();
    }

    private static List<String> starting(List<String> lines, String with) {
        return lines.stream()
                .filter(line -> line.startsWith(with))
                .map(line -> line.substring(with.length()))
                .toList();
    }

    private static List<String> read(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenSoundTest.class.getResourceAsStream("/sound/" + name + ".txt"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
