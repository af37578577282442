package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.protocol.rtsp.RtspHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URLs that a camera's description gives to its tracks and to all of them together (RFC 2326 section C.1.1), as cameras
 * understand them.
 *
 * <p>All of them have the host and port that we are connected to: cameras behind address translation write one that is
 * theirs, others write none or one that cannot be read. A relative URL goes behind the base and does not replace its last
 * part, whatever RFC 3986 says, for that is what cameras expect.
 *
 * @param base what relative URLs go behind
 * @param aggregate what {@code PLAY} and what follows it is about
 */
record ControlUrls(String base, String aggregate) {

    private static final Pattern ABSOLUTE = Pattern.compile("(?i)rtsps?://([^/?]*)(.*)");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@]*@)?(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(?:%[^]]*)?])(?::\\d{0,5})?");

    /** The URLs of a description that was asked for at {@code requestUrl} and came with these header fields. */
    static ControlUrls of(String requestUrl, RtspHeaders headers, String sessionControl) {
        Optional<String> base = absolute(
                        requestUrl, headers.first("Content-Base").orElse(""))
                .or(() -> absolute(requestUrl, headers.first("Content-Location").orElse("")));
        String described = base.orElse(requestUrl);
        Optional<String> control =
                ABSOLUTE.matcher(sessionControl).matches() ? absolute(requestUrl, sessionControl) : Optional.empty();
        if (control.isPresent()) {
            return new ControlUrls(control.get(), control.get());
        }
        return new ControlUrls(described, new ControlUrls(described, described).of(sessionControl));
    }

    /** The URL of a track with this {@code control} attribute. */
    String of(String control) {
        String text = control.strip();
        if (text.isEmpty() || text.equals("*") || hasBlank(text)) {
            return base;
        }
        if (ABSOLUTE.matcher(text).matches()) {
            return absolute(base, text).orElse(base);
        }
        String path = pathOf(base);
        if (path.length() > 1 && text.startsWith(path)) {
            return authorityOf(base) + text;
        }
        if (text.startsWith("?")) {
            return base + text;
        }
        String relative = text.startsWith("/") ? text.substring(1) : text;
        return base.endsWith("/") ? base + relative : base + "/" + relative;
    }

    /** The scheme, host and port of a URL, without the path. */
    static String authorityOf(String url) {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? url : url.substring(0, path);
    }

    private static String pathOf(String url) {
        return url.substring(authorityOf(url).length());
    }

    private static Optional<String> absolute(String requestUrl, String text) {
        String url = text.strip();
        if (url.isEmpty() || hasBlank(url)) {
            return Optional.empty();
        }
        if (url.startsWith("/") && !url.startsWith("//")) {
            return Optional.of(authorityOf(requestUrl) + url);
        }
        Matcher matcher = ABSOLUTE.matcher(url);
        if (!matcher.matches() || !AUTHORITY.matcher(matcher.group(1)).matches()) {
            return Optional.empty();
        }
        return Optional.of(authorityOf(requestUrl) + matcher.group(2));
    }

    /** Whether a URL leads to the same host and port as another; not if one of them cannot be read. */
    static boolean isSameServer(String url, String other) {
        try {
            SourceLocation one = SourceLocation.parse(url);
            SourceLocation two = SourceLocation.parse(other);
            return one.host().equalsIgnoreCase(two.host()) && one.portToConnect() == two.portToConnect();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasBlank(String text) {
        return text.chars().anyMatch(c -> c <= ' ' || c == 0x7f);
    }
}
