package dev.oriel.protocol.webrtc;

import dev.oriel.api.failure.OfferRejected;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.sdp.Attributes;
import dev.oriel.protocol.sdp.MediaDescription;
import dev.oriel.protocol.sdp.SdpSyntaxException;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a viewer proposes, read (RFC 8829 section 5.8). Immutable.
 *
 * <p>Candidates are optional, since the viewer's checks tell where it is. Lines that mean nothing here are passed over, also
 * {@code a=[object RTCIceCandidate]}, which some clients put into their offers.
 */
public final class SessionOffer {

    private static final int MAX_FINGERPRINTS = 8;
    private static final int MAX_CREDENTIAL_LENGTH = 256;

    private final IceCredentials credentials;
    private final boolean lite;
    private final List<Fingerprint> fingerprints;
    private final List<Candidate> candidates;
    private final int hidden;
    private final List<OfferedSection> sections;
    private final Set<String> bundle;
    private final boolean waitsForHandshake;

    private SessionOffer(
            IceCredentials credentials,
            boolean lite,
            List<Fingerprint> fingerprints,
            List<Candidate> candidates,
            int hidden,
            List<OfferedSection> sections,
            Set<String> bundle,
            boolean waitsForHandshake) {
        this.credentials = credentials;
        this.lite = lite;
        this.fingerprints = List.copyOf(fingerprints);
        this.candidates = List.copyOf(candidates);
        this.hidden = hidden;
        this.sections = List.copyOf(sections);
        this.bundle = Set.copyOf(bundle);
        this.waitsForHandshake = waitsForHandshake;
    }

    /** @throws OfferRejected if the text is no offer, or lacks what a connection needs */
    public static SessionOffer parse(String text) {
        SessionDescription sdp;
        try {
            sdp = SessionDescription.parse(text);
        } catch (SdpSyntaxException e) {
            throw new OfferRejected("The offer is not a session description. " + e.getMessage());
        }
        if (sdp.media().isEmpty()) {
            throw new OfferRejected("The offer has no media section (m=).");
        }
        Attributes session = sdp.attributes();
        String fragment = first(sdp, "ice-ufrag")
                .orElseThrow(() -> new OfferRejected("The offer has no ICE user name (a=ice-ufrag)."));
        String password = first(sdp, "ice-pwd")
                .orElseThrow(() -> new OfferRejected("The offer has no ICE password (a=ice-pwd)."));
        return new SessionOffer(
                credentials(fragment, password),
                session.has("ice-lite"),
                fingerprints(sdp),
                candidates(sdp),
                (int) all(sdp, "candidate").stream().filter(Candidate::isHidden).count(),
                sdp.media().stream()
                        .map(m -> new OfferedSection(
                                m, m.attributes().first("mid").orElse(""), Direction.of(m.attributes(), session)))
                        .toList(),
                bundle(session),
                first(sdp, "setup").filter("passive"::equals).isPresent());
    }

    /** The viewer's ICE credentials. */
    public IceCredentials credentials() {
        return credentials;
    }

    /** Whether the viewer only answers checks (RFC 8445 section 2.5). */
    public boolean isLite() {
        return lite;
    }

    /** What the viewer's certificate must match one of; never empty. */
    public List<Fingerprint> fingerprints() {
        return fingerprints;
    }

    /** Where the viewer says it is; those that can be used. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** How many candidates there are besides whose address is not told. */
    public int hiddenCandidates() {
        return hidden;
    }

    /** Whether the viewer leaves it to the other side to begin the DTLS handshake (RFC 8842 section 5.2). */
    boolean waitsForHandshake() {
        return waitsForHandshake;
    }

    List<OfferedSection> sections() {
        return sections;
    }

    /** Whether a section may share one transport with others (RFC 9143). */
    boolean isBundled(OfferedSection section) {
        return !section.mid().isEmpty() && bundle.contains(section.mid());
    }

    boolean hasBundle() {
        return !bundle.isEmpty();
    }

    static IceCredentials credentials(String fragment, String password) {
        if (fragment.length() > MAX_CREDENTIAL_LENGTH
                || password.length() > MAX_CREDENTIAL_LENGTH
                || fragment.isEmpty()
                || password.isEmpty()) {
            throw new OfferRejected("ICE user name and password have at most 256 characters, and at least one.");
        }
        return new IceCredentials(fragment, password);
    }

    private static List<Fingerprint> fingerprints(SessionDescription sdp) {
        List<String> lines = all(sdp, "fingerprint");
        if (lines.isEmpty()) {
            throw new OfferRejected("The offer has no certificate fingerprint (a=fingerprint).");
        }
        List<Fingerprint> known = lines.stream()
                .map(Fingerprint::parse)
                .flatMap(Optional::stream)
                .distinct()
                .limit(MAX_FINGERPRINTS)
                .toList();
        if (known.isEmpty()) {
            throw new OfferRejected("The offer's certificate fingerprint cannot be read; sha-1 to sha-512 are known.");
        }
        return known;
    }

    private static List<Candidate> candidates(SessionDescription sdp) {
        return all(sdp, "candidate").stream()
                .map(Candidate::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Set<String> bundle(Attributes session) {
        List<String> mids = new ArrayList<>();
        for (String group : session.all("group")) {
            String[] parts = group.split("\\s+");
            if (mids.isEmpty() && parts[0].equals("BUNDLE")) {
                mids.addAll(List.of(parts).subList(1, parts.length));
            }
        }
        return Set.copyOf(mids);
    }

    private static Optional<String> first(SessionDescription sdp, String name) {
        return all(sdp, name).stream().findFirst();
    }

    private static List<String> all(SessionDescription sdp, String name) {
        return Stream.concat(Stream.of(sdp.attributes()), sdp.media().stream().map(MediaDescription::attributes))
                .flatMap(a -> a.all(name).stream())
                .toList();
    }
}
