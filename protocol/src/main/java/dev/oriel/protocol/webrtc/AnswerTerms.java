package dev.oriel.protocol.webrtc;

import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the answering side brings along.
 *
 * @param credentials its ICE credentials
 * @param fingerprint its certificate's
 * @param candidates where it can be reached, best first
 * @param random for session id and sources
 */
public record AnswerTerms(
        IceCredentials credentials, Fingerprint fingerprint, List<Candidate> candidates, RandomGenerator random) {
    public AnswerTerms {
        candidates = List.copyOf(candidates);
    }
}
