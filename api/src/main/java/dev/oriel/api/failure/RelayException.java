package dev.oriel.api.failure;

/**
 * A reason why a viewer gets no picture; the type says why, the sentence says it to people, neither holds a secret.
 *
 * <p>The cases are few on purpose: each asks for another reaction by the caller, and signaling maps each to an HTTP status.
 */
public abstract sealed class RelayException extends RuntimeException
        permits StreamNotFound,
                CameraUnreachable,
                CameraRefused,
                CameraUnsupported,
                NoCommonCodec,
                OfferRejected,
                NoEngine,
                NotAllowed {

    private static final long serialVersionUID = 1L;

    RelayException(String sentence) {
        super(sentence);
    }

    /** The reason as a sentence for people. */
    public final String sentence() {
        return String.valueOf(getMessage());
    }
}
