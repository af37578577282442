package dev.oriel.api.failure;

import java.util.List;

/** The camera sends nothing that the viewer can play. */
public final class NoCommonCodec extends RelayException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> sent;
    private final transient List<String> playable;

    /**
     * The two lists that have nothing in common.
     *
     * @param sent encoding names of the camera's tracks
     * @param playable encoding names in the viewer's offer
     */
    public NoCommonCodec(List<String> sent, List<String> playable) {
        super("The camera sends " + String.join(", ", sent) + "; this viewer plays " + String.join(", ", playable)
                + ".");
        this.sent = List.copyOf(sent);
        this.playable = List.copyOf(playable);
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
