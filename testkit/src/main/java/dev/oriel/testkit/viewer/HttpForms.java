package dev.oriel.testkit.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The HTTP a viewer speaks: one client for all answerers, each request ended after 20 s at the latest. */
final class HttpForms {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private HttpForms() {}

    static HttpResponse<String> post(URI target, String contentType, String body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build());
    }

    /** Posts name and value pairs as {@code application/x-www-form-urlencoded}. */
    static HttpResponse<String> postForm(URI target, String... namesAndValues)
            throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return post(target, "application/x-www-form-urlencoded", body.toString());
    }

    static HttpResponse<String> delete(URI target) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(target).timeout(PATIENCE).DELETE().build());
    }

    static SignalingRefused refused(HttpResponse<String> reply) {
        return new SignalingRefused(
                reply.statusCode(), reply.headers().firstValue("Content-Type").orElse(""), reply.body());
    }

    static String encode(String sdp) {
        return Base64.getEncoder().encodeToString(sdp.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String sdp64) {
        return new String(Base64.getDecoder().decode(sdp64.strip()), StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
