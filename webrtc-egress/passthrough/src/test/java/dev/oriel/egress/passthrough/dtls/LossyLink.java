package dev.oriel.egress.passthrough.dtls;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** One direction of a network that loses, doubles and swaps datagrams as its seed has it, and keeps what went in. */
final class LossyLink implements Consumer<byte[]> {

    private final Random random;
    private final double loss;
    private final List<byte[]> sent = new ArrayList<>();
    private Consumer<byte[]> end = datagram -> {};
    private byte[] held = new byte[0];

    LossyLink(long seed, double loss) {
        this.random = new Random(seed);
        this.loss = loss;
    }

    void leadTo(Consumer<byte[]> receiver) {
        end = receiver;
    }

    @Override
    public synchronized void accept(byte[] datagram) {
        sent.add(datagram);
        if (random.nextDouble() < loss) {
            return;
        }
        if (random.nextDouble() < loss && held.length == 0) {
            held = datagram;
            return;
        }
        end.accept(datagram);
        if (random.nextDouble() < loss) {
            end.accept(datagram.clone());
        }
        if (held.length > 0) {
            end.accept(held);
            held = new byte[0];
        }
    }

    synchronized List<byte[]> sent() {
        return List.copyOf(sent);
    }
}
