package dev.oriel.signaling.dialect;

import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.NotAllowed;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.failure.StreamNotFound;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The kinds of {@link RelayException} as values to switch over: a dialect that forgets one does not compile. A test
 * holds this list against the types.
 */
enum Reason {
    STREAM_NOT_FOUND(StreamNotFound.class),
    CAMERA_UNREACHABLE(CameraUnreachable.class),
    CAMERA_REFUSED(CameraRefused.class),
    CAMERA_UNSUPPORTED(CameraUnsupported.class),
    NO_COMMON_CODEC(NoCommonCodec.class),
    OFFER_REJECTED(OfferRejected.class),
    NO_ENGINE(NoEngine.class),
    NOT_ALLOWED(NotAllowed.class);

    private final Class<? extends RelayException> type;

    Reason(Class<? extends RelayException> type) {
        this.type = type;
    }

    /** The kind of a failure. */
    static Reason of(RelayException failure) {
        return Arrays.stream(values())
                .filter(reason -> reason.type.isInstance(failure))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("An unknown kind of failure", failure));
    }

    /**
     * The failure under the wrappers that stages put around it.
     *
     * @throws CompletionException if it is no {@link RelayException}, and so a defect that is worded elsewhere
     */
    static RelayException under(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RelayException failure) {
            return failure;
        }
        throw new CompletionException(cause);
    }
}
