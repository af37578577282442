package dev.oriel.testkit.viewer;

import java.io.IOException;

/** Whoever answers a viewer's offer: a server behind one of its HTTP forms, or an engine in the same Java machine. */
@FunctionalInterface
public interface OfferAnswerer {

    /**
     * Answers one offer, on the caller's thread; may block.
     *
     * @param offer a complete SDP offer, with all candidates
     * @return a complete SDP answer, with all candidates
     * @throws SignalingRefused when a server said no
     * @throws IOException when nobody answered
     */
    String answer(String offer) throws IOException, InterruptedException;
}
