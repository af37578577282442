package dev.oriel.api.discovery;

import java.util.List;

/**
 * What one probe saw at an address.
 *
 * @param verdict what follows from it
 * @param evidence one line for each thing seen, in order, without secrets
 */
public record ProbeResult(Verdict verdict, List<String> evidence) {

    public ProbeResult {
        evidence = List.copyOf(evidence);
    }

    /** What follows from what a probe saw. */
    public enum Verdict {
        /** It is this kind of server. */
        MATCH,
        /** It is some other kind. */
        NO_MATCH,
        /** Something answers, but only for those who log in. */
        UNAUTHORIZED,
        /** Nothing answers. */
        UNREACHABLE,
        /** Something answers with a server's failure. */
        FAILURE
    }
}
