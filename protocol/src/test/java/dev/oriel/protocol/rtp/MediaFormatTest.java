package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.rtp.jpeg.PictureSize;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFormatTest {

    private static final String SETS = "Z0IAHpWgFAUBbsA=,aM48gA==";

    private static List<MediaFormat> read(String sdp) {
        return MediaFormat.of(SessionDescription.parse(sdp));
    }

    @ParameterizedTest
    @CsvSource({
        "'m=audio 0 RTP/AVP 0', AUDIO, PCMU, 8000, 1",
        "'m=audio 0 RTP/AVP 8', AUDIO, PCMA, 8000, 1",
        "'m=audio 0 RTP/AVP 8\na=rtpmap:8 PCMA/16000', AUDIO, PCMA, 8000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 pcmu/8000/2 ', AUDIO, PCMU, 8000, 2",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 OPUS/48000/2', AUDIO, opus, 48000, 2",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 opus/8000', AUDIO, opus, 48000, 2",
        "'m=video 0 RTP/AVP 96\na=rtpmap:96   h264/90000   ', VIDEO, H264, 90000, 1",
        "'m=video 0 RTP/AVP 96\na=rtpmap:96 H264', VIDEO, H264, 90000, 1",
        "'m=video 0 RTP/AVP 26 96\na=rtpmap:96 H264/90000', VIDEO, H264, 90000, 1",
        "'m=application 0 RTP/AVP 96\na=rtpmap:96 H265/90000', VIDEO, H265, 90000, 1",
        "'m=video 0 RTP/AVP 26', VIDEO, JPEG, 90000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 MPEG4-GENERIC/16000/1', AUDIO, MPEG4-GENERIC, 16000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 mp4a-latm/90000', AUDIO, MPEG4-GENERIC, 90000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 aac/16000/2', AUDIO, MPEG4-GENERIC, 16000, 2",
        "'m=audio 0 RTP/AVP 9', AUDIO, G722, 8000, 1",
        "'m=audio 0 RTP/AVP 9\na=rtpmap:9 G722/16000', AUDIO, G722, 8000, 1",
        "'m=audio 0 RTP/AVP 10', AUDIO, L16, 44100, 2",
        "'m=audio 0 RTP/AVP 11', AUDIO, L16, 44100, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 L16/16000', AUDIO, L16, 16000, 1",
        "'m=audio 0 RTP/AVP 2', AUDIO, G726-32, 8000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 G726-40/8000', AUDIO, G726-40, 8000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 AAL2-G726-16/8000', AUDIO, AAL2-G726-16, 8000, 1",
        "'m=audio 0 RTP/AVP 97\na=rtpmap:97 x/0/-1', AUDIO, x, 90000, 1",
        "'m=application 0 RTP/AVP 107\na=rtpmap:107 vnd.onvif.metadata/90000', APPLICATION, vnd.onvif.metadata, 90000, 1",
        "'m=application 0 TCP/x', APPLICATION, '', 90000, 1",
        "'m=video 0 RTP/AVP abc', VIDEO, abc, 90000, 1"
    })
    void of_sections_areUnderstoodAsCamerasMeanThem(String sdp, MediaKind kind, String name, int rate, int channels) {
        Track track = read(sdp.replace("\\n", "\n")).get(0).track();

        assertEquals(kind, track.kind());
        assertEquals(name, track.codec().encodingName());
        assertEquals(rate, track.clockRateHz());
        assertEquals(channels, track.channels());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=fmtp:96 packetization-mode=1;profile-level-id=42001E;sprop-parameter-sets=" + SETS,
                "a=fmtp:96 sprop-parameter-sets=" + SETS + " ; packetization-mode=1",
                "a=fmtp:96 Sprop-Parameter-Sets=\"" + SETS + "\"",
                "a=fmtp:97 sprop-parameter-sets=" + SETS, // another number than the format's
                "a=x\nm=audio 0 RTP/AVP 8\na=fmtp:96 sprop-parameter-sets=" + SETS // another section
            })
    void of_parameterSets_areFoundWhereverTheyStand(String lines) {
        Codec codec = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n" + lines)
                .get(0)
                .track()
                .codec();

        assertEquals("42001e", ((Codec.H264) codec).profileLevelId());
        assertEquals(2, ((Codec.H264) codec).parameterSets().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"97 mode=AAC-hbr;config=1210", "96 mode=AAC-hbr; CONFIG=1210", "config=1210"})
    void of_audioConfig_isFoundWhateverNumberItStandsUnder(String fmtp) {
        Track track = read("m=audio 0 RTP/AVP 97\na=rtpmap:97 MPEG4-GENERIC/16000\na=fmtp:" + fmtp)
                .get(0)
                .track();

        assertEquals("1210", ((Codec.Aac) track.codec()).config().toString());
        assertEquals(2, track.channels());
    }

    @Test
    void of_h265Sets_areRead() {
        Codec codec = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H265/90000\n"
                        + "a=fmtp:96 sprop-vps=QAEMAf//; sprop-sps=QgEBAWA=; sprop-pps=RAHA8g==")
                .get(0)
                .track()
                .codec();

        assertEquals(3, ((Codec.H265) codec).parameterSets().size());
    }

    @ParameterizedTest
    @CsvSource({
        "'a=x-dimensions:2592,1944', 2592, 1944",
        "'a=framesize:26 3840-2160', 3840, 2160",
        "'a=framesize:26 3840', 0, 0",
        "'a=x-dimensions:0,1944', 0, 0",
        "'a=x-dimensions:99999,1944', 0, 0",
        "'a=x', 0, 0"
    })
    void of_sizeOfLargePictures_isRead(String line, int width, int height) {
        assertEquals(
                new PictureSize(width, height),
                read("m=video 0 RTP/AVP 26\n" + line).get(0).video().size());
    }

    @ParameterizedTest
    @CsvSource({
        "sprop-max-don-diff=2, true",
        "'sprop-vps=AA;Sprop-Max-Don-Diff = 01', true",
        "sprop-max-don-diff=0, false",
        "sprop-vps=AA, false"
    })
    void of_decodingOrderNumbers_areKnownFromTheDescription(String fmtp, boolean numbered) {
        assertEquals(
                numbered,
                read("m=video 0 RTP/AVP 96\na=rtpmap:96 H265/90000\na=fmtp:96 " + fmtp)
                        .get(0)
                        .video()
                        .numbered());
    }

    @Test
    void of_otherTypesOfASection_areKnown() {
        MediaFormat format = read("m=audio 0 RTP/AVP 101 8\na=rtpmap:101 telephone-event/8000")
                .get(0);

        assertEquals(new Codec.Pcma(), format.track().codec());
        assertEquals(Set.of(101), format.otherPayloadTypes());
    }

    @ParameterizedTest
    @CsvSource({
        "97 8, PCMA, 97",
        "8 97, PCMA, 97",
        "97 11, MPEG4-GENERIC, 11",
        "9 97 0, G722, 97",
        "2 8, PCMA, 2",
        "97 14, MPEG4-GENERIC, 14"
    })
    void of_severalSounds_theOneForBrowsersIsTaken(String types, String name, int other) {
        MediaFormat format = read("m=audio 0 RTP/AVP " + types + "\na=rtpmap:97 MPEG4-GENERIC/16000")
                .get(0);

        assertEquals(name, format.track().codec().encodingName());
        assertTrue(format.otherPayloadTypes().contains(other));
    }

    @Test
    void of_talkBack_isNotUsable() {
        List<MediaFormat> formats = read("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=recvonly\n"
                + "m=audio 0 RTP/AVP 0\na=recvonly\nm=audio 0 RTP/AVP 0\na=sendonly\na=control:back");

        assertTrue(formats.get(1).isUsable());
        assertFalse(formats.get(2).isUsable());
        assertEquals("back", formats.get(2).control());
        assertTrue(read("m=audio 0 RTP/AVP 0\na=sendonly").get(0).isUsable(), "the server's view of it");
    }
}
