package dev.oriel.testkit.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of RTSPtoWebRTC: {@code POST /stream} with the camera's address in {@code url} and the offer as Base64 in
 * {@code sdp64}; the answer comes in a JSON object. Stateless.
 */
public final class StreamFormAnswerer implements OfferAnswerer {

    private static final Pattern SDP64 = Pattern.compile("\"sdp64\"\\s*:\\s*\"([^\"]+)\"");

    private final URI endpoint;
    private final String cameraUrl;

    /**
     * @param server the server's root
     * @param cameraUrl an RTSP address, or whatever else the server takes for one
     */
    public StreamFormAnswerer(URI server, String cameraUrl) {
        this.endpoint = server.resolve("/stream");
        this.cameraUrl = cameraUrl;
    }

    @Override
    public String answer(String offer) throws IOException, InterruptedException {
        HttpResponse<String> reply = HttpForms.postForm(endpoint, "url", cameraUrl, "sdp64", HttpForms.encode(offer));
        Matcher answer = SDP64.matcher(reply.body());
        if (reply.statusCode() != 200 || !answer.find()) {
            throw HttpForms.refused(reply);
        }
        return HttpForms.decode(answer.group(1).replace("\\/", "/").replace("\\u003d", "="));
    }
}
