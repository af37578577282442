package dev.oriel.protocol.stun;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A STUN server of the simplest kind (RFC 8489 section 12): it tells whoever asks where the question came from, so that a
 * browser on the same network needs no server outside.
 *
 * <p>The answer is hardly larger than the question, but the sender of a question can be forged: there are at most
 * {@link #MAX_PER_SECOND} answers a second. Confined to one thread; it is told the time.
 */
public final class BindingServer {

    /** How many questions are answered within a second: 100. */
    public static final int MAX_PER_SECOND = 100;

    private static final long SECOND = 1_000_000_000L;

    private boolean asked;
    private long windowNanos;
    private int answered;

    /** The answer to a message from somebody who is no viewer; empty if it is no such question, or one too many. */
    public Optional<byte[]> answer(long nowNanos, StunMessage message, InetSocketAddress from) {
        if (message.type() != StunType.REQUEST || message.username().isPresent() || message.isCorrupt()) {
            return Optional.empty();
        }
        if (!asked || nowNanos - windowNanos >= SECOND) {
            asked = true;
            windowNanos = nowNanos;
            answered = 0;
        }
        if (answered++ >= MAX_PER_SECOND) {
            return Optional.empty();
        }
        return Optional.of(new StunWriter(StunType.SUCCESS, message.transactionId())
                .mappedAddress(from)
                .unsigned());
    }
}
