package dev.oriel.api.failure;

/** The viewer's offer, or a later change to it, cannot be used. */
public final class OfferRejected extends RelayException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong with it */
    public OfferRejected(String sentence) {
        super(sentence);
    }
}
