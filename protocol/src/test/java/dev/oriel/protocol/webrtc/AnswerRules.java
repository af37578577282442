package dev.oriel.protocol.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer must be to any offer, after RFC 3264, 8829, 8839, 8842, 9143 and 8285. It reads both texts line by line by itself:
 * a mistake in our reader of session descriptions would else be made twice.
 */
final class AnswerRules {

    private final List<Section> offered;
    private final List<Section> answered;
    private final List<String> offeredSession;
    private final List<String> answeredSession;

    /** A section's {@code m=} line in words, and its other lines. */
    private record Section(List<String> media, List<String> lines) {

        String kind() {
            return media.get(0);
        }

        boolean isRejected() {
            return media.get(1).equals("0") && !has("bundle-only");
        }

        List<String> formats() {
            return media.subList(3, media.size());
        }

        boolean has(String attribute) {
            return lines.contains("a=" + attribute);
        }

        List<String> all(String attribute) {
            return lines.stream()
                    .filter(line -> line.startsWith("a=" + attribute + ":"))
                    .map(line -> line.substring(attribute.length() + 3))
                    .toList();
        }

        Optional<String> first(String attribute) {
            return all(attribute).stream().findFirst();
        }

        Optional<String> direction() {
            return Arrays.asList("sendrecv", "sendonly", "recvonly", "inactive").stream()
                    .filter(this::has)
                    .findFirst();
        }
    }

    private AnswerRules(String offer, String answer) {
        offeredSession = session(offer);
        answeredSession = session(answer);
        offered = sections(offer);
        answered = sections(answer);
    }

    /** @throws AssertionError if the answer is none to the offer */
    static void check(String offer, String answer) {
        assertTrue(answer.lines().count() > 4 && answer.endsWith("\r\n"), "lines end in CR and LF");
        AnswerRules rules = new AnswerRules(offer, answer);
        rules.sectionsCorrespond();
        rules.bundleIsOneOfTheOffer();
        for (int i = 0; i < rules.answered.size(); i++) {
            if (!rules.answered.get(i).isRejected()) {
                rules.transport(rules.offered.get(i), rules.answered.get(i));
                rules.formats(rules.offered.get(i), rules.answered.get(i));
                rules.direction(rules.offered.get(i), rules.answered.get(i));
            }
        }
        rules.candidatesStandOnce();
        rules.sourcesAreOfOneStream();
    }

    /** RFC 3264 section 6, RFC 8829 section 5.3.1. */
    private void sectionsCorrespond() {
        assertEquals(offered.size(), answered.size(), "as many sections");
        assertEquals(
                List.of("v=0", "s=-", "t=0 0"),
                answeredSession.stream()
                        .filter(line -> line.matches("[vst]=.*"))
                        .toList());
        for (int i = 0; i < offered.size(); i++) {
            assertEquals(offered.get(i).kind(), answered.get(i).kind());
            assertEquals(offered.get(i).media().get(2), answered.get(i).media().get(2), "protocol");
            assertEquals(offered.get(i).first("mid"), answered.get(i).first("mid"), "mid");
            assertFalse(answered.get(i).formats().isEmpty(), "a format even if rejected");
            assertTrue(offered.get(i).formats().containsAll(answered.get(i).formats()), "formats of the offer");
            assertFalse(answered.get(i).has("bundle-only"), "bundle-only is for offers (RFC 9143 section 6)");
        }
    }

    /** RFC 9143 section 7.3: a subset in the same order, with all that is not rejected, and nothing that is. */
    private void bundleIsOneOfTheOffer() {
        List<String> of = bundle(offeredSession);
        List<String> is = bundle(answeredSession);
        List<String> kept = new ArrayList<>(of);
        kept.retainAll(is);
        assertEquals(kept, is, "the bundle");
        List<String> open = answered.stream()
                .filter(section -> !section.isRejected())
                .map(section -> section.first("mid").orElse(""))
                .toList();
        if (!of.isEmpty()) {
            assertEquals(open, is, "what is bundled is what is not rejected");
        }
    }

    /** RFC 8839 section 5.4, RFC 8842 section 5.3, RFC 5763. */
    private void transport(Section offer, Section answer) {
        assertTrue(answer.first("ice-ufrag").orElse("").matches("[A-Za-z0-9+/]{4,256}"), "ice-ufrag");
        assertTrue(answer.first("ice-pwd").orElse("").matches("[A-Za-z0-9+/]{22,256}"), "ice-pwd");
        assertEquals(
                answered.stream()
                        .filter(s -> !s.isRejected())
                        .findFirst()
                        .orElseThrow()
                        .first("ice-pwd"),
                answer.first("ice-pwd"),
                "one transport");
        assertTrue(answer.first("fingerprint").orElse("").matches("sha-256( |:[0-9A-F]{2}|[0-9A-F]{2}){33}"), "hash");
        assertEquals(Optional.of("passive"), answer.first("setup"), "actpass is answered with one of both");
        assertTrue(offer.media().get(2).contains("SCTP") || !offer.has("rtcp-mux") || answer.has("rtcp-mux"));
    }

    private void formats(Section offer, Section answer) {
        for (String attribute : List.of("rtpmap", "fmtp")) {
            assertTrue(offer.all(attribute).containsAll(answer.all(attribute)), attribute + " as offered");
        }
        Set<String> feedback = new HashSet<>(offer.all("rtcp-fb"));
        assertTrue(feedback.containsAll(answer.all("rtcp-fb")), "rtcp-fb of the offer");
        for (String line : answer.all("rtpmap")) {
            assertTrue(answer.formats().contains(line.split(" ")[0]), "rtpmap of a format that is there");
        }
        for (String line : answer.all("fmtp")) {
            if (line.contains("apt=")) {
                String repaired = line.replaceFirst(".*apt=(\\d+).*", "$1");
                assertTrue(answer.formats().contains(repaired), "what rtx repairs is there (RFC 4588)");
            }
        }
        // RFC 8285 section 6: the number of the offer, and only what was offered.
        for (String line : answer.all("extmap")) {
            String[] words = line.split(" ");
            assertTrue(
                    offer.all("extmap").stream()
                            .anyMatch(of -> of.split(" ")[1].equals(words[1])
                                    && of.split("[ /]")[0].equals(words[0].split("/")[0])),
                    "extmap of the offer: " + line);
        }
    }

    /** RFC 3264 section 6.1. */
    private void direction(Section offer, Section answer) {
        if (offer.kind().equals("application")) {
            assertTrue(answer.first("sctp-port").isPresent(), "sctp-port (RFC 8841)");
            return;
        }
        String of = offer.direction()
                .or(() -> new Section(List.of(), offeredSession).direction())
                .orElse("sendrecv");
        String is = answer.direction().orElse("sendrecv");
        assertTrue(
                switch (of) {
                    case "sendrecv" -> true;
                    case "recvonly" -> Set.of("sendonly", "inactive").contains(is);
                    case "sendonly" -> Set.of("recvonly", "inactive").contains(is);
                    default -> is.equals("inactive");
                },
                of + " is answered " + is);
    }

    /** RFC 9143 section 7.1.3: candidates of the tagged section count for all, so they stand there only. */
    private void candidatesStandOnce() {
        Section tagged =
                answered.stream().filter(s -> !s.isRejected()).findFirst().orElseThrow();
        for (Section section : answered) {
            assertEquals(section == tagged, !section.all("candidate").isEmpty(), "candidates");
        }
        assertTrue(tagged.all("candidate").stream()
                .allMatch(line ->
                        line.matches("\\S{1,32} 1 (udp|tcp) \\d{1,10} \\S+ \\d{1,5} typ (host|srflx|relay).*")));
    }

    /** A viewer takes the first stream it is told of, so that all tracks are of one. */
    private void sourcesAreOfOneStream() {
        Set<String> streams = new HashSet<>();
        Set<String> tracks = new HashSet<>();
        Set<String> sources = new HashSet<>();
        for (Section section : answered) {
            Set<String> own = new HashSet<>();
            boolean sends =
                    !section.isRejected() && section.direction().orElse("").startsWith("send");
            assertEquals(sends ? 1 : 0, section.all("msid").size(), "one msid where media is sent");
            section.first("msid").ifPresent(msid -> {
                streams.add(msid.split(" ")[0]);
                assertTrue(tracks.add(msid), "each track once");
            });
            section.all("ssrc").forEach(line -> own.add(line.split(" ")[0]));
            own.forEach(source -> assertTrue(sources.add(source), "each source once"));
        }
        assertEquals(1, streams.size(), "one stream");
    }

    private static List<String> bundle(List<String> session) {
        return session.stream()
                .filter(line -> line.startsWith("a=group:BUNDLE "))
                .findFirst()
                .map(line -> List.of(line.substring("a=group:BUNDLE ".length()).split(" ")))
                .orElse(List.of());
    }

    private static List<String> session(String text) {
        return text.lines().takeWhile(line -> !line.startsWith("m=")).toList();
    }

    private static List<Section> sections(String text) {
        List<Section> sections = new ArrayList<>();
        for (String line :
                text.lines().dropWhile(each -> !each.startsWith("m=")).toList()) {
            if (line.startsWith("m=")) {
                sections.add(new Section(List.of(line.substring(2).split(" ")), new ArrayList<>()));
            } else {
                sections.get(sections.size() - 1).lines().add(line);
            }
        }
        return sections;
    }
}
