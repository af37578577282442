package dev.oriel.api.failure;

import java.util.List;
import java.util.Set;

/** The camera sends nothing that the viewer can play. */
public final class NoCommonCodec extends RelayException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> PICTURES =
            Set.of("H265", "JPEG", "MP4V-ES", "MPV", "H263", "H263-1998", "VP9", "AV1");

    private final transient List<String> sent;
    private final transient List<String> playable;

    /**
     * The two lists that have nothing in common.
     *
     * @param sent encoding names of the camera's tracks
     * @param playable encoding names in the viewer's offer
     */
    public NoCommonCodec(List<String> sent, List<String> playable) {
        super("The camera sends " + String.join(", ", sent) + "; this viewer plays " + String.join(", ", playable) + "."
                + advice(sent, playable));
        this.sent = List.copyOf(sent);
        this.playable = List.copyOf(playable);
    }

    /** What nearly every camera can be set to, where the picture is what cannot be played. */
    private static String advice(List<String> sent, List<String> playable) {
        boolean picture = sent.stream().anyMatch(PICTURES::contains);
        return picture && !sent.contains("H264") && playable.contains("H264")
                ? " Choose H.264 in the camera's settings."
                : "";
    }

    /** Encoding names of the camera's tracks. */
    public List<String> sent() {
        return sent;
    }

    /** Encoding names in the viewer's offer. */
    public List<String> playable() {
        return playable;
    }
}
