package dev.oriel.protocol.sctp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together the messages that open channels (RFC 8832) where they come in fragments. Bounded: beyond that, what is incomplete
 * is forgotten, and its channel stays unanswered.
 */
final class ControlMessages {

    private static final int MAX_FRAGMENTS = 16;
    private static final int MAX_BYTES = 8 * 1024;

    private final Map<Integer, Data> fragments = new HashMap<>();
    private int bytes;

    /** Takes a message or a part of one; the whole message, if it is complete with this. */
    Optional<byte[]> add(Data data) {
        if (data.isFirst() && data.isLast()) {
            return Optional.of(data.payload());
        }
        if (fragments.size() >= MAX_FRAGMENTS || bytes + data.payload().length > MAX_BYTES) {
            fragments.clear();
            bytes = 0;
            return Optional.empty();
        }
        fragments.put(data.tsn(), data);
        bytes += data.payload().length;
        return whole(data);
    }

    private Optional<byte[]> whole(Data with) {
        int from = with.tsn();
        for (Data part = with; part != null && !part.isFirst(); part = fragments.get(from)) {
            from--;
        }
        List<Data> parts = new ArrayList<>();
        for (Data part = fragments.get(from); part != null; part = fragments.get(part.tsn() + 1)) {
            if (part.stream() != with.stream() || part.isFirst() != parts.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part);
            if (part.isLast()) {
                return Optional.of(join(parts));
            }
        }
        return Optional.empty();
    }

    private byte[] join(List<Data> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Data part : parts) {
            out.writeBytes(part.payload());
            fragments.remove(part.tsn());
            bytes -= part.payload().length;
        }
        return out.toByteArray();
    }
}
