package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The words with which an association is opened (RFC 9260 section 5.1). */
final class Opening {

    /**
     * What INIT and INIT ACK say.
     *
     * @param cookie of an INIT ACK; empty where there is none
     * @param unknown parameters that the sender wants to be told about
     */
    record Init(StateCookie.Side side, byte[] cookie, List<Parameter> unknown) {

        /** Reads one; empty if it is broken. */
        static Optional<Init> read(Chunk chunk) {
            ByteBuffer in = chunk.value();
            if (in.remaining() < FIXED_BYTES || in.getInt(0) == 0 || in.getShort(8) == 0 || in.getShort(10) == 0) {
                return Optional.empty();
            }
            byte[] cookie = new byte[0];
            List<Parameter> unknown = new ArrayList<>();
            for (Parameter parameter : Parameter.read(in, FIXED_BYTES)) {
                if (parameter.type() == COOKIE) {
                    cookie = new byte[parameter.value().remaining()];
                    parameter.value().get(0, cookie);
                } else if (!KNOWN.contains(parameter.type())) {
                    if ((parameter.type() & 0x4000) != 0 && unknown.size() < MAX_UNKNOWN) {
                        unknown.add(parameter);
                    }
                    if ((parameter.type() & 0x8000) == 0) {
                        break;
                    }
                }
            }
            return Optional.of(new Init(new StateCookie.Side(in.getInt(0), in.getInt(12)), cookie, unknown));
        }
    }

    private static final int FIXED_BYTES = 16;
    private static final int COOKIE = 7;
    private static final int UNRECOGNIZED = 8;
    private static final int SUPPORTED_EXTENSIONS = 0x8008;
    private static final int FORWARD_TSN_SUPPORTED = 0xc000;

    /** Addresses, the cookie's life, what the other side can do: no matter here. */
    private static final List<Integer> KNOWN = List.of(5, 6, 9, 11, 12, SUPPORTED_EXTENSIONS, FORWARD_TSN_SUPPORTED);

    private static final int MAX_UNKNOWN = 4;
    private static final int MAX_UNKNOWN_BYTES = 64;
    private static final int MAX_STREAMS = 65535;
    private static final int SECRET_BYTES = 32;
    private static final long COOKIE_LIFE_NANOS = 60_000_000_000L;

    private final RandomGenerator random;
    private final byte[] secret = new byte[SECRET_BYTES];

    Opening(RandomGenerator random) {
        this.random = random;
        random.nextBytes(secret);
    }

    byte[] secret() {
        return secret;
    }

    StateCookie.Side choose() {
        int tag;
        do {
            tag = random.nextInt();
        } while (tag == 0);
        return new StateCookie.Side(tag, random.nextInt());
    }

    boolean isStale(long nowNanos, StateCookie cookie) {
        return nowNanos - cookie.madeNanos() > COOKIE_LIFE_NANOS;
    }

    byte[] init(StateCookie.Side own) {
        return Parameter.write(fixed(own), extensions());
    }

    byte[] initAck(StateCookie cookie, Init init) {
        List<Parameter> parameters = extensions();
        parameters.add(Parameter.of(COOKIE, cookie.seal(secret)));
        for (Parameter unknown : init.unknown()) {
            if (unknown.value().remaining() <= MAX_UNKNOWN_BYTES) {
                parameters.add(Parameter.of(UNRECOGNIZED, Parameter.write(new byte[0], List.of(unknown))));
            }
        }
        return Parameter.write(fixed(cookie.own()), parameters);
    }

    private static byte[] fixed(StateCookie.Side own) {
        return ByteBuffer.allocate(FIXED_BYTES)
                .putInt(own.tag())
                .putInt(ReceivedTsns.windowBytes())
                .putShort((short) MAX_STREAMS)
                .putShort((short) MAX_STREAMS)
                .putInt(own.firstTsn())
                .array();
    }

    private static List<Parameter> extensions() {
        return new ArrayList<>(List.of(
                Parameter.of(SUPPORTED_EXTENSIONS, new byte[] {(byte) Chunk.RE_CONFIG, (byte) Chunk.FORWARD_TSN}),
                Parameter.of(FORWARD_TSN_SUPPORTED, new byte[0])));
    }

    /** An error cause, as in ABORT and ERROR (RFC 9260 section 3.3.10); it is built like a parameter. */
    static byte[] cause(int code, byte[] information) {
        return Parameter.write(new byte[0], List.of(Parameter.of(code, information)));
    }

    /** A chunk as it is reported: its header, and of the rest so much. */
    static byte[] header(Chunk chunk, byte[] rest) {
        return ByteBuffer.allocate(Chunk.HEADER_BYTES + rest.length)
                .put((byte) chunk.type())
                .put((byte) chunk.flags())
                .putShort((short) (Chunk.HEADER_BYTES + chunk.value().remaining()))
                .put(rest)
                .array();
    }
}
