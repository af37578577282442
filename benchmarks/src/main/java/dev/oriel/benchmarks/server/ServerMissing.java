package dev.oriel.benchmarks.server;

/** A server cannot be started on this machine; the message says what is missing. */
public final class ServerMissing extends Exception {

    private static final long serialVersionUID = 1L;

    public ServerMissing(String sentence) {
        super(sentence);
    }
}
