package dev.oriel.egress.passthrough.gather;

import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.Transport;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found, for people.
 *
 * @param candidates each with its kind, as in {@code srflx 203.0.113.7:8189}
 * @param faults sentences that say what is missing and why
 */
public record Findings(List<String> candidates, List<String> faults) {

    public Findings {
        candidates = List.copyOf(candidates);
        faults = List.copyOf(faults);
    }

    static Findings of(List<Candidate> candidates, List<String> faults) {
        return new Findings(candidates.stream().map(Findings::text).toList(), faults);
    }

    private static String text(Candidate candidate) {
        String address = candidate.address().getAddress().getHostAddress();
        return candidate.type() + (candidate.transport() == Transport.TCP ? " tcp " : " ")
                + (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":"
                + candidate.address().getPort();
    }

    @Override
    public String toString() {
        String found = String.join(", ", candidates);
        return faults.isEmpty() ? found : found + faults.stream().collect(Collectors.joining(" ", ". ", ""));
    }
}
