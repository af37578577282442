package dev.oriel.discovery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What came of one GET. */
sealed interface Look {

    /** One line of evidence, without secrets. */
    String line();

    /** Whether what answers wants a login. */
    default boolean isUnauthorized() {
        return false;
    }

    /**
     * An HTTP answer, after redirects.
     *
     * @param path what was asked for
     * @param status the status code
     * @param contentType lower case, without parameters; empty where none is named
     * @param body at most {@link Web#MAX_BODY_BYTES} of it
     * @param redirects how many were followed
     */
    record Answer(String path, int status, String contentType, byte[] body, int redirects) implements Look {

        boolean isGood() {
            return status < 300;
        }

        @Override
        public boolean isUnauthorized() {
            return status == 401 || status == 403;
        }

        boolean isFailure() {
            return status >= 500;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String line() {
            return "GET " + path + ": status " + status
                    + (contentType.isEmpty() ? "" : ", " + contentType)
                    + (body.length == 0 ? ", empty" : "")
                    + (redirects == 0 ? "" : ", after " + redirects + (redirects == 1 ? " redirect" : " redirects"));
        }
    }

    /**
     * No answer that could be used.
     *
     * @param path what was asked for
     * @param why a clause without secrets
     */
    record Nothing(String path, String why) implements Look {
        @Override
        public String line() {
            return "GET " + path + ": " + why;
        }
    }

    /** The media type of a {@code Content-Type} header; one that is none is cut down, since it is shown. */
    static String mediaType(String header) {
        String type = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.matches("[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}") ? type : "";
    }

    /** Whether both are the same scheme, host and port, so that credentials for one may go to the other. */
    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }
}
