package dev.oriel.discovery;

import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the address of a server as users write it. */
final class ServerAddress {

    private ServerAddress() {}

    /**
     * The server's address without path, with its user information percent-encoded; absent if it is none, or neither http
     * nor https. The user information may be raw.
     */
    static Optional<URI> read(String url) {
        try {
            SourceLocation location = SourceLocation.parse(url);
            if (!location.scheme().matches("https?")) {
                return Optional.empty();
            }
            SourceLocation root =
                    new SourceLocation(location.scheme(), location.host(), location.port(), "", Credentials.NONE);
            String login = location.credentials() instanceof Credentials.UserPassword known
                    ? encode(known.user()) + ":" + encode(known.password()) + "@"
                    : "";
            URI address = URI.create(root.url().replaceFirst("://", "://" + login));
            return Optional.of(address).filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            // What is wrong with it is not said: it may hold a password.
            return Optional.empty();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
