package dev.oriel.egress.passthrough.session;

import dev.oriel.protocol.sctp.SctpAssociation;
import dev.oriel.protocol.sctp.SctpPorts;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The association of one viewer's data channels with its timer. Only to be used on the port's thread. */
final class DataChannels {

    private final Switchboard board;
    private final Consumer<byte[]> send;
    private final SctpAssociation association;
    private @Nullable ScheduledFuture<?> timer;

    /** @param send sends a packet within the DTLS session */
    DataChannels(SctpPorts ports, Switchboard board, Consumer<byte[]> send) {
        this.board = board;
        this.send = send;
        this.association = new SctpAssociation(
                ports, board.means().random(), board.means().ticker().nanos());
        act();
    }

    void receive(byte[] packet) {
        association.receive(board.means().ticker().nanos(), packet, 0, packet.length);
        act();
    }

    /** Closes the channels, so that the viewer's page is told; idempotent. */
    void close() {
        association.close(board.means().ticker().nanos());
        act();
    }

    private void wake() {
        association.wake(board.means().ticker().nanos());
        act();
    }

    private void act() {
        for (byte[] packet = association.poll(); packet != null; packet = association.poll()) {
            send.accept(packet);
        }
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
            timer = null;
        }
        if (association.deadlineNanos().isPresent()) {
            long wait = association.deadlineNanos().getAsLong()
                    - board.means().ticker().nanos();
            timer = board.schedule(this::wake, Math.max(0, wait));
        }
    }
}
