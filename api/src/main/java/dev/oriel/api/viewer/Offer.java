package dev.oriel.api.viewer;

/**
 * What a viewer proposes: an SDP offer (RFC 8829), not yet looked at.
 *
 * @param sdp at most 65536 characters
 */
public record Offer(String sdp) {

    /** The most characters an offer has. */
    public static final int MAX_LENGTH = 65_536;

    /** @throws dev.oriel.api.failure.OfferRejected if the text is too long */
    public Offer {
        if (sdp.length() > MAX_LENGTH) {
            throw new dev.oriel.api.failure.OfferRejected("An offer has at most " + MAX_LENGTH + " characters.");
        }
    }
}
