package dev.oriel.signaling.source;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A camera that is known only by the URL a viewer named, open while somebody watches it.
 *
 * @param name made of the URL without credentials, so that the same place always has the same name
 * @param location where it is
 */
public record AdHocCamera(StreamName name, SourceLocation location) implements CameraSource {

    private static final int NAME_BYTES = 8;

    /** The camera at a place. */
    public static AdHocCamera at(SourceLocation location) {
        return new AdHocCamera(new StreamName("url-" + digest(location.url())), location);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
