package dev.oriel.protocol.rtsp;

import dev.oriel.api.camera.SourceLocation;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What RTSP travels in, told by the scheme of a camera's URL: the bare connection or a tunnel, encrypted or not.
 *
 * <p>The tunnels have no registered schemes. The names are those in use: the first of each is the one we write, then that of
 * MediaMTX, then that of GStreamer. A fragment {@code #/path} of a tunnel's URL names the tunnel's own path at the camera where
 * it differs from the stream's, as with ONVIF cameras, which announce it apart ({@code RTSPWebSocketUri}).
 */
public enum RtspScheme {
    /** RTSP on TCP (RFC 2326 section 3.2). */
    PLAIN(Carrier.CONNECTION, false, "rtsp"),
    /** RTSP on TLS (RFC 7826 section 19). */
    TLS(Carrier.CONNECTION, true, "rtsps"),
    /** RTSP in a pair of HTTP requests. */
    HTTP(Carrier.HTTP, false, "rtsp+http", "rtsph"),
    /** The same, encrypted. */
    HTTPS(Carrier.HTTP, true, "rtsp+https", "rtsps+http", "rtspsh"),
    /** RTSP in a WebSocket (ONVIF Streaming Specification, section "RTSP over WebSocket"). */
    WEB_SOCKET(Carrier.WEB_SOCKET, false, "rtsp+ws"),
    /** The same, encrypted. */
    WEB_SOCKET_TLS(Carrier.WEB_SOCKET, true, "rtsp+wss", "rtsps+ws");

    /** What carries the stream of bytes. */
    public enum Carrier {
        /** The connection itself. */
        CONNECTION,
        /** A GET for one direction, a POST for the other. */
        HTTP,
        /** Binary frames. */
        WEB_SOCKET
    }

    private final Carrier carrier;
    private final boolean encrypted;
    private final Set<String> names;

    RtspScheme(Carrier carrier, boolean encrypted, String... names) {
        this.carrier = carrier;
        this.encrypted = encrypted;
        this.names = Set.of(names);
    }

    /** The scheme of a camera's URL; absent if it is none of RTSP. */
    public static Optional<RtspScheme> of(SourceLocation camera) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.names.contains(camera.scheme()))
                .findFirst();
    }

    /** All names, lower case. */
    public static Set<String> names() {
        return Stream.of(values()).flatMap(scheme -> scheme.names.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** What carries the stream of bytes. */
    public Carrier carrier() {
        return carrier;
    }

    /** Whether all of it is in TLS. */
    public boolean isEncrypted() {
        return encrypted;
    }

    /** What is around RTSP, for people; empty for a bare connection. */
    public String around() {
        return switch (this) {
            case PLAIN -> "";
            case TLS -> "TLS";
            case HTTP -> "HTTP";
            case HTTPS -> "HTTPS";
            case WEB_SOCKET -> "WebSocket";
            case WEB_SOCKET_TLS -> "encrypted WebSocket";
        };
    }

    /** Host and port of a camera, for sentences. */
    public static String nameOf(SourceLocation camera) {
        return hostOf(camera) + ":" + camera.portToConnect();
    }

    /** Host and port as a {@code Host} field has them (RFC 9110 section 7.2): without a port that the URL does not name. */
    public static String authorityOf(SourceLocation camera) {
        return hostOf(camera) + (camera.port() == SourceLocation.DEFAULT_PORT ? "" : ":" + camera.port());
    }

    /** The URL in the requests: {@code rtsp} within a tunnel, whatever the tunnel is called. */
    public static String requestUrl(SourceLocation camera) {
        RtspScheme scheme = of(camera).orElse(PLAIN);
        boolean direct = scheme.carrier == Carrier.CONNECTION;
        String target = direct ? camera.target() : camera.target().replaceFirst("#/.*", "");
        return (direct ? camera.scheme() : "rtsp") + "://" + authorityOf(camera) + (target.isEmpty() ? "/" : target);
    }

    /** The path and query that a tunnel is asked for at. */
    public static String tunnelPath(SourceLocation camera) {
        int apart = camera.target().indexOf("#/");
        String path = apart < 0 ? camera.target() : camera.target().substring(apart + 1);
        return path.isEmpty() ? "/" : path;
    }

    private static String hostOf(SourceLocation camera) {
        return camera.host().indexOf(':') >= 0 ? "[" + camera.host() + "]" : camera.host();
    }
}
