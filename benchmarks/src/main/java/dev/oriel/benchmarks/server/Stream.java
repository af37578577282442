package dev.oriel.benchmarks.server;

/**
 * A camera as a server is told of it.
 *
 * @param name in the server's URLs; letters, digits and underscores
 * @param url where the camera is
 */
public record Stream(String name, String url) {}
