package dev.oriel.protocol.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.sctp.SctpPorts;
import dev.oriel.protocol.sdp.SessionDescription;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswererTest {

    private static final Bytes HIGH_SPS = Bytes.copyOf(new byte[] {0x67, 0x64, 0x0c, 0x1f, 1});
    private static final Track H264 = video(new Codec.H264(List.of(HIGH_SPS)));
    private static final Track H265 = video(new Codec.H265(List.of()));
    private static final Track PCMA = new Track(1, MediaKind.AUDIO, new Codec.Pcma(), 8000, 1);
    private static final Track AAC = sound(new Codec.Aac(Bytes.copyOf(new byte[0])), 48_000, 2);

    /** The whole text, so that every change of an answer is seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chromium-156-video-datachannel",
                "firefox-style",
                "safari-style-h265",
                "sendrecv-datachannel-first"
            })
    void answer_goldenOffer_givesGoldenAnswer(String name) throws IOException {
        Answer answer = answer(read("offer/" + name), H264, PCMA);

        assertEquals(read("answer/" + name), answer.sdp().replace("\r\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "chromium-156-video-datachannel, 108, -1, 5",
        "firefox-style, 126, 8, -1",
        "safari-style-h265, 96, 8, -1",
        "sendrecv-datachannel-first, 104, 8, -1"
    })
    void answer_h264High_goesOutInTheNearestFormatOffered(String name, int video, int audio, int delay)
            throws IOException {
        Answer answer = answer(read("offer/" + name), H264, PCMA);

        SentTrack picture = of(answer, MediaKind.VIDEO);
        assertEquals(video, picture.payloadType());
        assertEquals(delay < 0 ? OptionalInt.empty() : OptionalInt.of(delay), picture.playoutDelayId());
        assertEquals(audio < 0 ? 1 : 2, answer.tracks().size());
        if (audio >= 0) {
            assertEquals(audio, of(answer, MediaKind.AUDIO).payloadType());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "firefox-style, 9", // G722/8000/1
        "safari-style-h265, 9" // G722/8000
    })
    void answer_g722_goesOutAsItIs(String name, int payloadType) throws IOException {
        Answer answer = answer(read("offer/" + name), H264, sound(new Codec.G722(), 8000, 1));

        assertEquals(payloadType, of(answer, MediaKind.AUDIO).payloadType());
    }

    @ParameterizedTest
    @CsvSource({
        "chromium-156-video-datachannel, 109",
        "firefox-style, 127",
        "safari-style-h265, 97",
        "sendrecv-datachannel-first, -1"
    })
    void answer_rtxOfferedForTheFormat_isAgreedOn(String name, int expected) throws IOException {
        Answer answer = answer(read("offer/" + name), H264, PCMA);

        SentTrack picture = of(answer, MediaKind.VIDEO);
        assertEquals(
                expected < 0 ? Optional.empty() : Optional.of(expected),
                picture.rtx().map(SentTrack.Rtx::payloadType));
        assertEquals(expected >= 0, answer.sdp().contains("a=ssrc-group:FID "));
        picture.rtx().ifPresent(rtx -> {
            assertNotEquals(picture.ssrc(), rtx.ssrc());
            String sources = Integer.toUnsignedString(picture.ssrc()) + " " + Integer.toUnsignedString(rtx.ssrc());
            assertTrue(answer.sdp().contains("a=ssrc-group:FID " + sources + "\r\n"), answer.sdp());
            assertTrue(answer.sdp().contains("a=fmtp:" + expected + " apt=" + picture.payloadType()), answer.sdp());
            assertTrue(answer.sdp().contains(" UDP/TLS/RTP/SAVPF " + picture.payloadType() + " " + expected + "\r\n"));
        });
    }

    /** As Firefox writes them: both lines at the end, apt beside other parameters. */
    @ParameterizedTest
    @CsvSource({
        "a=rtpmap:90 rtx/90000, a=fmtp:90 apt=126;rtx-time=3000, true",
        "a=rtpmap:90 RTX/90000, a=fmtp:90 rtx-time=3000; apt=126, true",
        "a=rtpmap:90 rtx/90000, a=fmtp:90 apt=97, false",
        "a=rtpmap:90 rtx/48000, a=fmtp:90 apt=126, false",
        "a=rtpmap:90 red/90000, a=fmtp:90 apt=126, false",
        "a=rtpmap:90 rtx/90000, a=fmtp:90 126, false"
    })
    void answer_rtxLines_areReadInAllForms(String map, String parameters, boolean agreed) throws IOException {
        String offer = read("offer/firefox-style")
                .replaceFirst("(m=video [^\n]*)", "$1 90")
                .replaceFirst("a=fmtp:127 apt=126", "a=fmtp:127 apt=120")
                .replaceFirst("(?s)(m=video .*?)(a=rtpmap:126)", "$1" + map + "\n" + parameters + "\n$2");

        assertEquals(
                agreed, of(answer(offer, H264, PCMA), MediaKind.VIDEO).rtx().isPresent());
    }

    @Test
    void answer_g722OfferedByNumberAlone_isSent() throws IOException {
        String offer = read("offer/firefox-style").replace("a=rtpmap:9 G722/8000/1\n", "");

        assertEquals(
                2,
                answer(offer, H264, sound(new Codec.G722(), 8000, 1)).tracks().size());
    }

    @ParameterizedTest
    @CsvSource({
        "L16/16000, 16000, 1, true",
        "L16/16000, 16000, 2, false",
        "L16/16000/2, 16000, 2, true",
        "l16/8000, 16000, 1, false"
    })
    void answer_samples_needTheSameRateAndChannels(String offered, int rate, int channels, boolean played)
            throws IOException {
        String offer = read("offer/firefox-style").replace("G722/8000/1", offered);

        Answer answer = answer(offer, H264, sound(new Codec.L16(), rate, channels));

        assertEquals(played ? 2 : 1, answer.tracks().size());
    }

    @Test
    void answer_aacOrJpeg_isNotSentEvenWhereItsNameIsOffered() throws IOException {
        String offer = read("offer/firefox-style").replace("opus/48000/2", "MPEG4-GENERIC/48000/2");
        String pictures = offer.replace("VP8/90000", "JPEG/90000");

        assertEquals(1, answer(offer, H264, AAC).tracks().size());
        assertThrows(NoCommonCodec.class, () -> answer(pictures, video(new Codec.Jpeg())));
    }

    @Test
    void answer_everySectionOfTheOffer_hasItsCounterpart() throws IOException {
        String offer = read("offer/sendrecv-datachannel-first");

        SessionDescription answer =
                SessionDescription.parse(answer(offer, H264, AAC).sdp());

        assertEquals(
                List.of("application 9 data", "video 9 v", "audio 9 a"),
                answer.media().stream()
                        .map(m -> m.media() + " " + m.port() + " "
                                + m.attributes().first("mid").orElse(""))
                        .toList());
        assertEquals("BUNDLE data v a", answer.attributes().first("group").orElseThrow());
        assertTrue(answer.media().get(1).attributes().has("sendonly"));
        assertEquals(
                2,
                answer.media().get(0).attributes().all("candidate").size(),
                "the bundle's first tells the transport");
        assertEquals(List.of(), answer.media().get(1).attributes().all("candidate"));
        assertTrue(answer.media().get(2).attributes().has("inactive"), "AAC cannot be forwarded");
        assertEquals(List.of(), answer.media().get(2).attributes().all("candidate"));
        assertFalse(answer.media().get(0).attributes().has("inactive"));
    }

    @Test
    void answer_dataChannelInTheOldForm_isTakenInTheOldForm() throws IOException {
        String offer = read("offer/sendrecv-datachannel-first")
                .replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5001")
                .replace("a=sctp-port:5000", "a=sctpmap:5001 webrtc-datachannel 1024");

        Answer answer = answer(offer, H264, PCMA);

        assertEquals(Optional.of(new SctpPorts(5000, 5001)), answer.data());
        assertTrue(answer.sdp().contains("m=application 9 DTLS/SCTP 5000\r\n"), answer.sdp());
        assertTrue(answer.sdp().contains("a=sctpmap:5000 webrtc-datachannel 1024\r\n"), answer.sdp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
                "m=application 9 UDP/DTLS/SCTP something",
                "m=application 9 UDP/DTLS/SCTP",
                "m=application 9 UDP/BFCP webrtc-datachannel",
                "m=text 9 UDP/DTLS/SCTP webrtc-datachannel"
            })
    void answer_otherApplication_isRejectedAndThePictureIsNot(String line) throws IOException {
        String offer = read("offer/sendrecv-datachannel-first")
                .replace("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", line);

        Answer answer = answer(offer, H264, PCMA);

        assertEquals(Optional.empty(), answer.data());
        assertEquals(2, answer.tracks().size());
        assertTrue(answer.sdp().contains("a=group:BUNDLE v a\r\n"), answer.sdp());
    }

    @ParameterizedTest
    @CsvSource({"actpass, passive", "active, passive", "passive, active"})
    void answer_offeredSetup_decidesWhoBeginsTheHandshake(String offered, String answered) throws IOException {
        String offer = read("offer/sendrecv-datachannel-first").replace("a=setup:actpass", "a=setup:" + offered);

        Answer answer = answer(offer, H264, PCMA);

        assertEquals(answered.equals("active"), answer.beginsHandshake());
        assertEquals(
                List.of(answered, answered, answered),
                SessionDescription.parse(answer.sdp()).media().stream()
                        .map(m -> m.attributes().first("setup").orElse(""))
                        .toList());
    }

    @Test
    void answer_h265Camera_isPlayedWhereOfferedAndElseSaysWhy() throws IOException {
        assertEquals(
                104,
                of(answer(read("offer/safari-style-h265"), H265, PCMA), MediaKind.VIDEO)
                        .payloadType());

        String offer = read("offer/firefox-style");
        NoCommonCodec failure = assertThrows(NoCommonCodec.class, () -> answer(offer, H265, PCMA));

        assertEquals(List.of("H265"), failure.sent());
        assertEquals(List.of("VP8", "H264"), failure.playable());
        assertEquals(
                "The camera sends H265; this viewer plays VP8, H264. Choose H.264 in the camera's settings.",
                failure.sentence());
    }

    @Test
    void answer_onlyPacketizationModeZero_isNoCommonCodec() throws IOException {
        String offer = read("offer/firefox-style").replace(";packetization-mode=1", "");

        assertThrows(NoCommonCodec.class, () -> answer(offer, H264, PCMA));
    }

    @Test
    void answer_cameraWithoutPicture_givesItsSound() throws IOException {
        Answer answer = answer(read("offer/firefox-style"), PCMA);

        assertEquals(
                List.of(PCMA), answer.tracks().stream().map(SentTrack::track).toList());
    }

    @Test
    void answer_viewerThatSendsOnly_getsNothing() throws IOException {
        String offer = read("offer/firefox-style").replace("a=recvonly", "a=sendonly");

        NoCommonCodec failure = assertThrows(NoCommonCodec.class, () -> answer(offer, H264, PCMA));

        assertEquals(List.of("nothing"), failure.playable());
    }

    @Test
    void answer_offerWithoutBundle_takesThePictureAlone() throws IOException {
        String offer = read("offer/safari-style-h265").replace("a=group:BUNDLE 0 1\n", "");

        SessionDescription answer =
                SessionDescription.parse(answer(offer, H264, PCMA).sdp());

        assertEquals(0, answer.media().get(0).port());
        assertTrue(answer.media().get(1).attributes().has("sendonly"));
        assertFalse(answer.attributes().has("group"));
    }

    @ParameterizedTest
    @CsvSource({
        "a=ice-ufrag:0f9d2c1b, a=ice-ufrag",
        "a=ice-pwd:5d5c7c5c6a1e2f3a4b5c6d7e8f901234, a=ice-pwd",
        "a=fingerprint:sha-256 43:51:27:59:A1:30:EB:5B:CD:AA:4A:78:A9:4C:02:8B:28:AA:9D:45:B5:81:22:0E:1E:7D:73:EF:64:4D:76:2F, a=fingerprint"
    })
    void parse_offerThatLacksSomething_saysWhat(String line, String named) throws IOException {
        String offer = read("offer/firefox-style").replace(line + "\n", "");

        OfferRejected failure = assertThrows(OfferRejected.class, () -> SessionOffer.parse(offer));

        assertTrue(failure.sentence().contains(named), failure.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{\"type\":\"offer\"}", "v=0\r\ns=-\r\n", "v=0\r\nm=video\r\n"})
    void parse_noOffer_isRejected(String text) {
        assertThrows(OfferRejected.class, () -> SessionOffer.parse(text));
    }

    @Test
    void parse_fingerprintOfAnotherHash_isKept() throws IOException {
        byte[] certificate = {1, 2, 3};
        String offer = read("offer/firefox-style")
                .replaceFirst(
                        "a=fingerprint:.*",
                        "a=fingerprint:SHA-1 " + "70:37:80:71:98:C2:2A:7D:2B:08:07:37:1D:76:37:79:A8:4F:DF:CF");

        Fingerprint fingerprint = SessionOffer.parse(offer).fingerprints().get(0);

        assertTrue(fingerprint.matches(certificate));
        assertFalse(fingerprint.matches(new byte[] {1, 2, 4}));
    }

    @Test
    void fragment_candidatesAndCredentials_areRead() {
        IceFragment fragment = IceFragment.parse("a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
                + "m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 UDP 2122 192.0.2.9 5000 typ host\r\n"
                + "a=candidate:1 1 UDP 2122 x.local 5000 typ host\r\n");

        assertEquals("abcd", fragment.credentials().orElseThrow().fragment());
        assertEquals(1, fragment.candidates().size());
        assertEquals(List.of(), IceFragment.parse("a=end-of-candidates").candidates());
        assertThrows(OfferRejected.class, () -> IceFragment.parse("nonsense"));
    }

    private static SentTrack of(Answer answer, MediaKind kind) {
        return answer.tracks().stream()
                .filter(t -> t.track().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Answer answer(String offer, Track... tracks) {
        Random random = new Random(1);
        return Answerer.answer(
                SessionOffer.parse(offer),
                List.of(tracks),
                new AnswerTerms(
                        IceCredentials.random(random),
                        Fingerprint.of(new byte[] {1, 2, 3}),
                        List.of(
                                Candidate.host(new InetSocketAddress("192.0.2.2", 8189), 0),
                                Candidate.host(new InetSocketAddress("2001:db8::2", 8189), 1)),
                        random));
    }

    private static Track sound(Codec codec, int rate, int channels) {
        return new Track(1, MediaKind.AUDIO, codec, rate, channels);
    }

    private static Track video(Codec codec) {
        return new Track(0, MediaKind.VIDEO, codec, 90_000, 1);
    }

    private static String read(String name) throws IOException {
        try (InputStream in = AnswererTest.class.getResourceAsStream("/webrtc/" + name + ".sdp")) {
            return in == null ? "(no golden file " + name + ")" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
