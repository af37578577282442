package dev.oriel.signaling.page;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.StreamRelay;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The pages for people: the wall of all cameras, one camera large, and their parts.
 *
 * <p>The files lie in the bundle and are named here one by one, so no path leads anywhere else. A browser asks again each
 * time and is told by entity tag that nothing has changed.
 */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-50")
public final class PageDialect implements SignalingDialect {

    private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final List<String> FILES =
            List.of("index.html", "watch.html", "oriel.css", "oriel-camera.js", "wall.js", "watch.js", "icon.svg");

    private final Map<String, Asset> assets;

    private record Asset(String type, Bytes content, String tag) {}

    /** Reads the files. */
    @Activate
    public PageDialect() {
        Map<String, Asset> read = new LinkedHashMap<>();
        FILES.forEach(file -> read.put("/" + file, asset(file)));
        read.put("/", asset("index.html"));
        assets = Map.copyOf(read);
    }

    @Override
    public boolean accepts(HttpCall call) {
        return assets.containsKey(call.path())
                && (call.method().equals("GET") || call.method().equals("HEAD"));
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        Asset asset = assets.getOrDefault(call.path(), asset("index.html"));
        boolean known = call.header("if-none-match")
                .filter(tags -> tags.contains(asset.tag()))
                .isPresent();
        HttpReply reply = known
                ? HttpReply.empty(304)
                : new HttpReply(200, List.of(new HttpReply.Header("Content-Type", asset.type())), asset.content());
        return CompletableFuture.completedFuture(reply.with("ETag", asset.tag())
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin"));
    }

    private static Asset asset(String file) {
        try (InputStream in = PageDialect.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The bundle lacks its file " + file);
            }
            byte[] content = in.readAllBytes();
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
            String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
            return new Asset(type, Bytes.copyOf(content), "\"" + digest + "\"");
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The bundle's file " + file + " cannot be read", e);
        }
    }
}
