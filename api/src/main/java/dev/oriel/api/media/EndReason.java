package dev.oriel.api.media;

import dev.oriel.api.failure.RelayException;

/** Why media, or a viewer's session, ended. */
public sealed interface EndReason {

    /** Ended by the side that had asked for it. */
    EndReason CLOSED = new Closed("closed");

    /** A sentence for people, without secrets. */
    String sentence();

    /**
     * Ended on purpose.
     *
     * @param sentence who or what wanted it
     */
    record Closed(String sentence) implements EndReason {}

    /**
     * Ended by a failure.
     *
     * @param cause what went wrong
     */
    record Failed(RelayException cause) implements EndReason {
        @Override
        public String sentence() {
            return cause.sentence();
        }
    }
}
