package dev.oriel.testkit.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A WHEP endpoint: the offer goes out as {@code application/sdp}, the answer comes back as 201 with the session's
 * address. One answerer is for one viewer; safe for use by several threads.
 */
public final class WhepAnswerer implements OfferAnswerer {

    private final URI endpoint;
    private volatile Optional<URI> session = Optional.empty();

    /** @param endpoint the absolute address of the endpoint */
    public WhepAnswerer(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String answer(String offer) throws IOException, InterruptedException {
        HttpResponse<String> reply = HttpForms.post(endpoint, "application/sdp", offer);
        if (reply.statusCode() != 201) {
            throw HttpForms.refused(reply);
        }
        session = reply.headers().firstValue("Location").map(endpoint::resolve);
        return reply.body();
    }

    /** Where the session is, once an offer was answered with a {@code Location}. */
    public Optional<URI> session() {
        return session;
    }

    /**
     * Ends the session with DELETE.
     *
     * @return the HTTP status of the server's reply
     * @throws IllegalStateException when there is no session
     */
    public int delete() throws IOException, InterruptedException {
        URI target = session.orElseThrow(() -> new IllegalStateException("no session at " + endpoint));
        return HttpForms.delete(target).statusCode();
    }
}
