package dev.oriel.testkit.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/**
 * The form of RTSPtoWeb: {@code POST /stream/{id}/channel/{channel}/webrtc} with the offer as Base64 in {@code data};
 * the answer is bare Base64. Stateless.
 */
public final class ChannelFormAnswerer implements OfferAnswerer {

    private final URI endpoint;

    /**
     * @param server the server's root
     * @param stream the stream's id, already fit for a path
     * @param channel the channel's name, mostly {@code 0}
     */
    public ChannelFormAnswerer(URI server, String stream, String channel) {
        this.endpoint = server.resolve("/stream/" + stream + "/channel/" + channel + "/webrtc");
    }

    @Override
    public String answer(String offer) throws IOException, InterruptedException {
        HttpResponse<String> reply = HttpForms.postForm(endpoint, "data", HttpForms.encode(offer));
        if (reply.statusCode() != 200 || reply.body().isBlank()) {
            throw HttpForms.refused(reply);
        }
        return HttpForms.decode(reply.body());
    }
}
