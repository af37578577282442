package dev.oriel.protocol.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each viewer offers, and what it is answered for three cameras, word for word: {@code webrtc/viewers/VIEWER/offer.sdp} and
 * the camera's file beside it, which holds the answer or the sentence of the refusal.
 *
 * <p>An answer that changes is a change of behaviour. {@code mvn -pl protocol -am verify -Doriel.golden=write} writes the files
 * anew, so that their difference can be read before it is committed; see the README.txt beside them.
 */
class GoldenAnswersTest {

    private static final Path VIEWERS = Path.of("src/test/resources/webrtc/viewers");
    private static final boolean WRITE = "write".equals(System.getProperty("oriel.golden"));

    private static final Bytes HIGH_SPS = Bytes.copyOf(new byte[] {0x67, 0x64, 0, 0x28, 1});
    private static final Track H264 = new Track(0, MediaKind.VIDEO, new Codec.H264(List.of(HIGH_SPS)), 90_000, 1);
    private static final Track H265 = new Track(0, MediaKind.VIDEO, new Codec.H265(List.of()), 90_000, 1);
    private static final Track OPUS = new Track(1, MediaKind.AUDIO, new Codec.Opus(), 48_000, 2);
    private static final Track PCMA = new Track(1, MediaKind.AUDIO, new Codec.Pcma(), 8000, 1);

    private static final TreeMap<String, List<Track>> CAMERAS = new TreeMap<>();

    static {
        CAMERAS.put("h264-opus", List.of(H264, OPUS));
        CAMERAS.put("h264-pcma", List.of(H264, PCMA));
        CAMERAS.put("h265-pcma", List.of(H265, PCMA));
    }

    @TestFactory
    List<DynamicTest> answer_offerOfAViewer_isTheGoldenOne() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path viewer : viewers()) {
            CAMERAS.forEach((camera, tracks) -> tests.add(DynamicTest.dynamicTest(
                    viewer.getFileName() + ", " + camera, () -> compare(viewer, camera, tracks))));
        }
        return tests;
    }

    /** Beside what was answered yesterday: what must be so whatever is answered. */
    @TestFactory
    List<DynamicTest> answer_offerOfAViewer_keepsTheRules() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path viewer : viewers()) {
            CAMERAS.forEach((camera, tracks) ->
                    tests.add(DynamicTest.dynamicTest(viewer.getFileName() + ", " + camera, () -> {
                        String offer = Files.readString(viewer.resolve("offer.sdp"));
                        try {
                            AnswerRules.check(offer, answer(offer, tracks));
                        } catch (NoCommonCodec e) {
                            assertEquals(List.of(camera.substring(0, 4).toUpperCase(java.util.Locale.ROOT)), e.sent());
                        }
                    })));
        }
        return tests;
    }

    private static void compare(Path viewer, String camera, List<Track> tracks) throws IOException {
        String said;
        try {
            said = answer(Files.readString(viewer.resolve("offer.sdp")), tracks).replace("\r\n", "\n");
        } catch (NoCommonCodec e) {
            said = e.sentence() + "\n";
        }
        Path golden = viewer.resolve(camera + ".txt");
        if (WRITE) {
            Files.writeString(golden, said);
        }
        assertEquals(Files.exists(golden) ? Files.readString(golden) : "(there is no " + golden + ")", said);
    }

    private static String answer(String offer, List<Track> tracks) {
        Random random = new Random(1);
        return Answerer.answer(
                        SessionOffer.parse(offer.replace("\n", "\r\n")),
                        tracks,
                        new AnswerTerms(
                                IceCredentials.random(random),
                                Fingerprint.of(new byte[] {1, 2, 3}),
                                List.of(
                                        Candidate.host(new InetSocketAddress("192.0.2.2", 8189), 0),
                                        Candidate.host(new InetSocketAddress("2001:db8::2", 8189), 1)),
                                random))
                .sdp();
    }

    private static List<Path> viewers() throws IOException {
        try (Stream<Path> folders = Files.list(VIEWERS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
