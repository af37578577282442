package dev.oriel.demo;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** How the camera describes itself: its session description, and the URLs it answers to. */
final class DemoDescription {

    static final String PATH = "/demo";
    static final String VIDEO_CONTROL = "trackID=0";
    static final String AUDIO_CONTROL = "trackID=1";
    static final int VIDEO_PAYLOAD_TYPE = 96;

    /** RFC 3551 section 6 gives A-law this number. */
    static final int AUDIO_PAYLOAD_TYPE = 8;

    private DemoDescription() {}

    /** The session description (RFC 8866, RFC 2326 appendix C). */
    static String sdp(Clip clip) {
        List<byte[]> sets = clip.parameterSets();
        String sprop = sets.stream().map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(","));
        String profile = HexFormat.of().formatHex(sets.get(0), 1, 4);
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=Oriel demo",
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "a=range:npt=now-",
                "m=video 0 RTP/AVP " + VIDEO_PAYLOAD_TYPE,
                "a=rtpmap:" + VIDEO_PAYLOAD_TYPE + " H264/" + Playback.VIDEO_TICKS_PER_SECOND,
                "a=fmtp:" + VIDEO_PAYLOAD_TYPE + " packetization-mode=1;profile-level-id=" + profile
                        + ";sprop-parameter-sets=" + sprop,
                "a=framerate:" + Clip.PICTURES_PER_SECOND,
                "a=control:" + VIDEO_CONTROL,
                "m=audio 0 RTP/AVP " + AUDIO_PAYLOAD_TYPE,
                "a=rtpmap:" + AUDIO_PAYLOAD_TYPE + " PCMA/" + Clip.SAMPLES_PER_SECOND,
                "a=control:" + AUDIO_CONTROL,
                "");
    }

    /** Whether a request means the camera as a whole. */
    static boolean isDemo(String uri) {
        String path = pathOf(uri);
        return path.equals(PATH) || path.equals(PATH + "/");
    }

    /** Whether a request means the pictures. */
    static boolean isVideo(String uri) {
        return pathOf(uri).equals(PATH + "/" + VIDEO_CONTROL);
    }

    /** Whether a request means the sound. */
    static boolean isAudio(String uri) {
        return pathOf(uri).equals(PATH + "/" + AUDIO_CONTROL);
    }

    /** What control URLs are relative to; ends with a slash. */
    static String baseOf(String uri) {
        String path = uri.split("\\?", 2)[0];
        return path.endsWith("/") ? path : path + "/";
    }

    private static String pathOf(String uri) {
        String path = uri.split("\\?", 2)[0];
        int scheme = path.indexOf("://");
        int slash = path.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? "" : path.substring(slash);
    }
}
