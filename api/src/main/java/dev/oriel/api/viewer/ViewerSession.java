package dev.oriel.api.viewer;

import dev.oriel.api.media.EndReason;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** One viewer, from answer to close. Safe on any thread; no method blocks. */
@ConsumerType
public interface ViewerSession extends AutoCloseable {

    /** An unguessable name, at least 128 random bits, made of letters, digits, {@code -} and {@code _}. */
    String id();

    /** The SDP answer, with all own candidates that are known by then. */
    String answer();

    /**
     * Takes an SDP fragment (RFC 8840) from the viewer: more candidates, or new ICE credentials.
     *
     * @return an empty text when candidates were taken, the fragment to send back when ICE restarts, or a failure with
     *     {@link dev.oriel.api.failure.OfferRejected}
     */
    CompletionStage<String> change(String sdpFragment);

    /**
     * Has the own candidates told that become known after the answer, for clients that take such: each once, as
     * {@code candidate:…} (RFC 8839 section 5.1), for the first section that is not rejected. What was found since the answer is
     * told at once; a later call takes the place of an earlier one.
     *
     * @param listener called on a thread of the engine's, which it must not hold up
     */
    default void tellCandidates(Consumer<String> listener) {}

    /** How the viewer is. */
    ViewerStatus status();

    /** Completes once, when the session is over. Completing it from outside has no effect. */
    CompletionStage<EndReason> ended();

    /** Ends the session; idempotent. */
    @Override
    void close();
}
