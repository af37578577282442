package dev.oriel.api.signaling;

import dev.oriel.api.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP answer.
 *
 * <p>A {@code Location} that starts with {@code /} is one of this server's own and is meant as {@link HttpCall#path} is,
 * without the server's prefix; whoever sends the answer puts the prefix before it.
 *
 * @param status the status code
 * @param headers in order; a name may come twice
 * @param body may be empty
 */
public record HttpReply(int status, List<Header> headers, Bytes body) {

    /** One header line. */
    public record Header(String name, String value) {}

    public HttpReply {
        headers = List.copyOf(headers);
    }

    /** An answer without a body. */
    public static HttpReply empty(int status) {
        return new HttpReply(status, List.of(), Bytes.copyOf(new byte[0]));
    }

    /** An answer with a text, sent as UTF-8 under exactly the content type given. */
    public static HttpReply text(int status, String contentType, String body) {
        return new HttpReply(
                status,
                List.of(new Header("Content-Type", contentType)),
                Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same answer with one more header. */
    public HttpReply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpReply(status, more, body);
    }
}
