package dev.oriel.egress.passthrough.session;

import dev.oriel.egress.passthrough.net.Wire;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.Transport;
import java.util.ArrayList;
import java.util.List;

/**
 * The datagrams that tell a viewer that its session is over, sent again a little later: nobody is left to answer for them, and a
 * viewer that they do not reach would wait for half a minute. Who gets them twice drops the copies as replayed. Only to be used on
 * the port's thread.
 */
final class LastWords {

    private static final long[] AGAIN_NANOS = {100_000_000L, 500_000_000L};
    private static final int MAX_DATAGRAMS = 4;

    private final Switchboard board;
    private final Wire wire;
    private final List<byte[]> datagrams = new ArrayList<>();

    LastWords(Switchboard board, Wire wire) {
        this.board = board;
        this.wire = wire;
    }

    /** Sends a datagram, and has it sent again. */
    void send(Path path, byte[] datagram) {
        write(path, datagram);
        if (path.transport() != Transport.TCP && datagrams.size() < MAX_DATAGRAMS) {
            datagrams.add(datagram);
            if (datagrams.size() == 1) {
                for (long delay : AGAIN_NANOS) {
                    board.schedule(() -> datagrams.forEach(d -> write(path, d)), delay);
                }
            }
        }
    }

    private void write(Path path, byte[] datagram) {
        wire.write(path, datagram, datagram.length);
        wire.flush(path);
    }
}
