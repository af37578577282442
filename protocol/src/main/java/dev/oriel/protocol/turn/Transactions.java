package dev.oriel.protocol.turn;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunMethod;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Requests under way: repeated until they are answered (RFC 8489 section 6.2), and logged in with once the server has said whose
 * users it wants (section 9.2).
 */
final class Transactions {

    /** What became of a request. */
    interface Outcome {
        void success(StunMessage response);

        /** @param code of the error response; 0 when there was no answer */
        void failure(int code, Optional<StunMessage> response);
    }

    private static final long FIRST_RESEND_NANOS = 500_000_000L;
    private static final int MAX_SENDS = 7;
    private static final long LAST_WAIT_NANOS = 16 * FIRST_RESEND_NANOS;

    /** Over a stream nothing is repeated, and an answer is waited for as long as it would be otherwise. */
    private static final long STREAM_WAIT_NANOS = 39_500_000_000L;

    private static final int UNAUTHENTICATED = 401;
    private static final int STALE_NONCE = 438;
    private static final int MAX_CHALLENGES = 3;
    private static final int ID_BYTES = 12;

    private static final class Request {
        final StunMethod method;
        final UnaryOperator<StunWriter> attributes;
        final Outcome outcome;
        boolean signed;
        int challenges;
        byte[] message = {};
        int sends;
        long dueNanos;

        Request(StunMethod method, UnaryOperator<StunWriter> attributes, Outcome outcome) {
            this.method = method;
            this.attributes = attributes;
            this.outcome = outcome;
        }
    }

    private final TurnLogin.Credential credential;
    private final boolean isStream;
    private final RandomGenerator random;
    private final Consumer<byte[]> out;
    private final Map<Bytes, Request> requests = new HashMap<>();
    private String realm = "";
    private String nonce = "";
    private Optional<byte[]> key = Optional.empty();

    Transactions(TurnLogin.Credential credential, boolean isStream, RandomGenerator random, Consumer<byte[]> out) {
        this.credential = credential;
        this.isStream = isStream;
        this.random = random;
        this.out = out;
    }

    /** How many there are. */
    int size() {
        return requests.size();
    }

    void ask(long nowNanos, StunMethod method, UnaryOperator<StunWriter> attributes, Outcome outcome) {
        begin(nowNanos, new Request(method, attributes, outcome));
    }

    /** Sends a request once, whose answer does not matter. */
    void tell(StunMethod method, UnaryOperator<StunWriter> attributes) {
        out.accept(write(newId(), new Request(method, attributes, new Ignored())));
    }

    void receive(long nowNanos, StunMessage response) {
        Bytes id = response.transactionId();
        Request request = requests.get(id);
        if (request == null || request.method != response.method() || response.isCorrupt()) {
            return;
        }
        if (response.type() == StunType.SUCCESS) {
            // An answer to a signed request is signed with the same key, or somebody else's (section 9.2.5).
            if (!request.signed || key.filter(response::isSignedWith).isPresent()) {
                requests.remove(id);
                request.outcome.success(response);
            }
            return;
        }
        requests.remove(id);
        int code = response.errorCode().orElse(0);
        if (isChallenge(request, code, response)) {
            request.challenges++;
            realm = response.realm().orElse(realm);
            nonce = response.nonce().orElse(nonce);
            key = Optional.of(credential.key(realm));
            begin(nowNanos, request);
        } else {
            request.outcome.failure(code, Optional.of(response));
        }
    }

    private static boolean isChallenge(Request request, int code, StunMessage response) {
        return request.challenges < MAX_CHALLENGES
                && response.nonce().isPresent()
                && (code == UNAUTHENTICATED
                                && !request.signed
                                && response.realm().isPresent()
                        || code == STALE_NONCE);
    }

    void wake(long nowNanos) {
        List<Bytes> unanswered = new ArrayList<>();
        requests.forEach((id, request) -> {
            if (nowNanos - request.dueNanos < 0) {
                return;
            }
            if (isStream || request.sends == MAX_SENDS) {
                unanswered.add(id);
            } else {
                send(nowNanos, request);
            }
        });
        for (Bytes id : unanswered) {
            Request request = requests.remove(id);
            if (request != null) {
                request.outcome.failure(0, Optional.empty());
            }
        }
    }

    OptionalLong deadlineNanos() {
        OptionalLong due = OptionalLong.empty();
        for (Request request : requests.values()) {
            due = Deadlines.earlier(due, request.dueNanos);
        }
        return due;
    }

    private void begin(long nowNanos, Request request) {
        Bytes id = newId();
        request.message = write(id, request);
        request.sends = 0;
        requests.put(id, request);
        send(nowNanos, request);
    }

    private void send(long nowNanos, Request request) {
        out.accept(request.message);
        request.sends++;
        request.dueNanos = nowNanos
                + (isStream
                        ? STREAM_WAIT_NANOS
                        : request.sends == MAX_SENDS ? LAST_WAIT_NANOS : FIRST_RESEND_NANOS << (request.sends - 1));
    }

    private byte[] write(Bytes id, Request request) {
        StunWriter writer = request.attributes.apply(new StunWriter(request.method, StunType.REQUEST, id));
        request.signed = key.isPresent();
        return key.map(k -> writer.username(credential.username())
                        .realm(realm)
                        .nonce(nonce)
                        .signedWith(k))
                .orElseGet(writer::unsigned);
    }

    private Bytes newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Bytes.copyOf(id);
    }

    private static final class Ignored implements Outcome {
        @Override
        public void success(StunMessage response) {
            // As hoped.
        }

        @Override
        public void failure(int code, Optional<StunMessage> response) {
            // It was worth a try.
        }
    }
}
