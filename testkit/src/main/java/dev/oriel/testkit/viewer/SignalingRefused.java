package dev.oriel.testkit.viewer;

import java.io.IOException;

/** A server's refusal of an offer, with what it said. */
public final class SignalingRefused extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String contentType;
    private final String body;

    public SignalingRefused(int status, String contentType, String body) {
        super("The offer was answered with " + status + " (" + contentType + "): " + body);
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    /** The HTTP status. A form that reports failures inside a 200 has that 200 here. */
    public int status() {
        return status;
    }

    /** The {@code Content-Type} of the reply, empty if it had none. */
    public String contentType() {
        return contentType;
    }

    /** The body as UTF-8, may be empty. */
    public String body() {
        return body;
    }
}
