package dev.oriel.protocol.webrtc;

import dev.oriel.api.failure.OfferRejected;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change to a running session's ICE (RFC 8840 section 9): more candidates, or new credentials.
 *
 * @param credentials what {@code a=ice-ufrag} and {@code a=ice-pwd} say, where both are there
 * @param candidates those that can be used
 * @param hidden how many there are besides whose address is not told
 */
public record IceFragment(Optional<IceCredentials> credentials, List<Candidate> candidates, int hidden) {

    private static final int MAX_LENGTH = 65_536;

    public IceFragment {
        candidates = List.copyOf(candidates);
    }

    /**
     * Reads a fragment; a bare candidate line is taken for one too.
     *
     * @throws OfferRejected if it has neither a candidate nor credentials nor the end of candidates
     */
    public static IceFragment parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new OfferRejected("An SDP fragment has at most 65536 characters.");
        }
        List<Candidate> candidates = new ArrayList<>();
        Optional<String> fragment = Optional.empty();
        Optional<String> password = Optional.empty();
        boolean understood = false;
        int hidden = 0;
        for (String raw : text.split("\r\n|\n|\r")) {
            String line = raw.strip();
            if (line.startsWith("a=ice-ufrag:")) {
                fragment = fragment.or(() -> Optional.of(line.substring(12).strip()));
            } else if (line.startsWith("a=ice-pwd:")) {
                password = password.or(() -> Optional.of(line.substring(10).strip()));
            } else if (line.startsWith("a=candidate:") || line.startsWith("candidate:")) {
                understood = true;
                Candidate.parse(line).ifPresent(candidates::add);
                hidden += Candidate.isHidden(line) ? 1 : 0;
            } else if (line.startsWith("a=end-of-candidates")) {
                understood = true;
            }
        }
        Optional<IceCredentials> credentials = fragment.isPresent() && password.isPresent()
                ? Optional.of(SessionOffer.credentials(fragment.get(), password.get()))
                : Optional.empty();
        if (!understood && credentials.isEmpty()) {
            throw new OfferRejected("The change has neither a candidate (a=candidate) nor ICE credentials.");
        }
        return new IceFragment(credentials, candidates, hidden);
    }

    /** The fragment that answers a restart: own credentials and candidates. */
    public static String answer(IceCredentials own, List<Candidate> candidates) {
        StringBuilder out = new StringBuilder();
        out.append("a=ice-ufrag:").append(own.fragment()).append("\r\n");
        out.append("a=ice-pwd:").append(own.password()).append("\r\n");
        for (Candidate candidate : candidates) {
            out.append("a=candidate:").append(candidate.write()).append("\r\n");
        }
        return out.append("a=end-of-candidates\r\n").toString();
    }
}
