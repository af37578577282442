package dev.oriel.discovery;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** The way to ask a server something, within bounds: time, bytes and redirects. Safe on any thread; no method blocks. */
interface Web {

    /** How long one GET takes at most, redirects and body included. */
    long GET_MILLIS = 3_500;

    /** The most bytes of a body that are read. */
    int MAX_BODY_BYTES = 65_536;

    /** The most redirects that are followed. */
    int MAX_REDIRECTS = 5;

    /**
     * Asks for a path of a server.
     *
     * @param server its own path is left out; its user information goes as Basic credentials (RFC 7617), to this server only
     * @param path absolute
     * @return never fails
     */
    CompletableFuture<Look> get(URI server, String path);

    /** Completes a future with something else if it has not completed in time, or when this bundle stops. */
    <T> void bound(long millis, CompletableFuture<T> future, T otherwise);
}
