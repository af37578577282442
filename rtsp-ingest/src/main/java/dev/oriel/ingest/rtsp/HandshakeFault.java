package dev.oriel.ingest.rtsp;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLException;

/** Why a TLS handshake with a camera failed, as words for people. */
final class HandshakeFault {

    private static final String TOO_OLD =
            "has only encryption that counts as broken today (such as TLS 1.0 or 1.1, or keys that are too short)";

    private static final String CLOSED = "closes the connection during the TLS handshake";

    /** What the Java platform says of peers that are too old for it; it has no types for these. */
    private static final List<String> OLD_WORDS = List.of(
            "protocol_version",
            "protocol version",
            "handshake_failure",
            "insufficient_security",
            "algorithm constraints",
            "not accepted by client preferences",
            "No appropriate protocol",
            "Unsupported signature",
            "key size");

    private HandshakeFault() {}

    /** As it goes on behind the name of the camera. */
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CameraTrust.Refused refused) {
                return String.valueOf(refused.getMessage());
            }
        }
        if (failure instanceof SslHandshakeTimeoutException) {
            return "does not answer the TLS handshake within 2.5 s";
        }
        if (failure instanceof NotSslRecordException) {
            return "does not speak TLS at this port";
        }
        if (failure instanceof SSLException) {
            String text = String.valueOf(failure.getMessage());
            if (text.contains("onnection closed")) {
                return CLOSED;
            }
            return OLD_WORDS.stream().anyMatch(text::contains) ? TOO_OLD : "breaks off the TLS handshake";
        }
        return failure instanceof IOException ? CLOSED : "fails in the TLS handshake";
    }
}
