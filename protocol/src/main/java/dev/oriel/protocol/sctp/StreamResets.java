package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The closing of channels: each is two streams, and each side resets the one it sends on (RFC 6525, RFC 8831 section 6.7). */
final class StreamResets {

    /** What the other side's request means for its channels. */
    record Outcome(Parameter answer, List<Integer> closed) {}

    private static final int OUTGOING_REQUEST = 13;
    private static final int RESPONSE = 16;
    private static final int FIRST_OTHER_REQUEST = 14;
    private static final int LAST_OTHER_REQUEST = 18;
    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int BAD_NUMBER = 5;
    private static final int IN_PROGRESS = 6;
    private static final int MAX_STREAMS = 256;

    private final Set<Integer> wanted = new LinkedHashSet<>();
    private final List<Integer> asked = new ArrayList<>();
    private final RetransmissionTimer timer = new RetransmissionTimer();
    private boolean unsent;
    private int ownNumber;
    private int peersNext;
    private int lastResult = DENIED;

    StreamResets(int ownFirstTsn, int peersFirstTsn) {
        ownNumber = ownFirstTsn;
        peersNext = peersFirstTsn;
    }

    /** Has these streams reset; beyond a bound nothing happens, and the channel stays half closed. */
    void request(List<Integer> streams) {
        for (int stream : streams) {
            if (wanted.size() < MAX_STREAMS && !asked.contains(stream)) {
                wanted.add(stream);
            }
        }
    }

    /** Takes a RE-CONFIG chunk; what to answer to each request in it. */
    List<Outcome> receive(Chunk chunk, int cumulativeTsn) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Parameter parameter : Parameter.read(chunk.value(), 0)) {
            ByteBuffer in = parameter.value();
            if (parameter.type() == RESPONSE && in.remaining() >= 8) {
                response(in.getInt(0), in.getInt(4));
            } else if (parameter.type() == OUTGOING_REQUEST && in.remaining() >= 12) {
                outcomes.add(outgoingRequest(in, cumulativeTsn));
            } else if (parameter.type() >= FIRST_OTHER_REQUEST
                    && parameter.type() <= LAST_OTHER_REQUEST
                    && in.remaining() >= 4) {
                outcomes.add(otherRequest(in.getInt(0)));
            }
        }
        return outcomes;
    }

    private Outcome outgoingRequest(ByteBuffer in, int cumulativeTsn) {
        int number = in.getInt(0);
        boolean again = number == peersNext - 1 && lastResult != IN_PROGRESS;
        if (again) {
            return answer(number, lastResult, List.of(NONE));
        }
        if (number != peersNext && number != peersNext - 1) {
            return answer(number, BAD_NUMBER, List.of());
        }
        peersNext = number + 1;
        if (in.getInt(8) - cumulativeTsn > 0) {
            // Something it has sent before is still on its way; it asks again.
            lastResult = IN_PROGRESS;
            return answer(number, IN_PROGRESS, List.of());
        }
        lastResult = PERFORMED;
        List<Integer> streams = new ArrayList<>();
        for (int at = 12; at + 2 <= in.remaining(); at += 2) {
            streams.add(Short.toUnsignedInt(in.getShort(at)));
        }
        return answer(number, PERFORMED, streams);
    }

    /** More streams, or other ways to begin anew: nobody needs them for a data channel. */
    private Outcome otherRequest(int number) {
        if (number == peersNext) {
            peersNext++;
            lastResult = DENIED;
            return answer(number, DENIED, List.of(NONE));
        }
        return answer(number, number == peersNext - 1 ? lastResult : BAD_NUMBER, List.of(NONE));
    }

    /** In the place of a stream: none at all, where an empty list would mean all. */
    static final int NONE = -1;

    private static Outcome answer(int number, int result, List<Integer> streams) {
        byte[] value = ByteBuffer.allocate(8).putInt(number).putInt(result).array();
        return new Outcome(Parameter.of(RESPONSE, value), result == PERFORMED ? streams : List.of(NONE));
    }

    private void response(int number, int result) {
        if (number == ownNumber && !asked.isEmpty() && result != IN_PROGRESS) {
            asked.clear();
            ownNumber++;
            timer.stop();
        }
    }

    /** Writes what has to be asked of the other side, if anything, into one chunk with answers to what it has asked. */
    void write(long nowNanos, List<Parameter> answers, int lastTsn, PacketWriter packet) {
        List<Parameter> parameters = new ArrayList<>(answers);
        if (asked.isEmpty() && !wanted.isEmpty()) {
            asked.addAll(wanted);
            wanted.clear();
            timer.start(nowNanos);
            unsent = true;
        }
        if (unsent) {
            parameters.add(request(lastTsn));
            unsent = false;
        }
        if (!parameters.isEmpty()) {
            packet.add(Chunk.RE_CONFIG, 0, Parameter.write(new byte[0], parameters));
        }
    }

    private Parameter request(int lastTsn) {
        ByteBuffer value = ByteBuffer.allocate(12 + 2 * asked.size())
                .putInt(ownNumber)
                .putInt(peersNext - 1)
                .putInt(lastTsn);
        asked.forEach(stream -> value.putShort(stream.shortValue()));
        return Parameter.of(OUTGOING_REQUEST, value.array());
    }

    OptionalLong deadlineNanos() {
        return timer.due();
    }

    /** If it is time, the request is sent again; after too many times it is forgotten. */
    void wake(long nowNanos) {
        if (timer.isDue(nowNanos)) {
            unsent = timer.again(nowNanos);
            if (!unsent) {
                asked.clear();
            }
        }
    }
}
