package dev.oriel.api.failure;

/** Nobody knows a camera of this name. */
public final class StreamNotFound extends RelayException {

    private static final long serialVersionUID = 1L;

    /** @param name the name that was asked for; shown, so it must be one that may be shown */
    public StreamNotFound(String name) {
        super("There is no stream named " + name + ".");
    }
}
