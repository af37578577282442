package dev.oriel.protocol.sctp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Carries packets between the two sides in virtual time; loses, doubles and delays some of them as its seed has it. */
final class Network {

    private record Flight(long atNanos, boolean toOurs, byte[] packet) {}

    private final Random random;
    private final double loss;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>(Comparator.comparingLong(Flight::atNanos));
    private final List<byte[]> seen = new ArrayList<>();
    final Browser browser = new Browser();
    final SctpAssociation ours;
    boolean browserIsSilent;
    long now = 1;

    Network(long seed, double loss) {
        random = new Random(seed);
        this.loss = loss;
        ours = new SctpAssociation(Browser.PORTS, new Random(seed + 1), now);
    }

    /** Lets time pass until something is so, for at most so many seconds; whether it came to be. */
    boolean until(BooleanSupplier done, int seconds) {
        long end = now + seconds * 1_000_000_000L;
        while (!done.getAsBoolean() && now < end) {
            if (!browserIsSilent) {
                browser.wake(now).forEach(p -> fly(true, p));
            }
            drain();
            long next = now + 50_000_000L;
            if (!flights.isEmpty()) {
                next = Math.min(next, flights.element().atNanos());
            }
            now = Math.max(now, next);
            while (!flights.isEmpty() && flights.element().atNanos() <= now) {
                land(flights.remove());
            }
            if (ours.deadlineNanos().isPresent() && ours.deadlineNanos().getAsLong() <= now) {
                ours.wake(now);
            }
        }
        return done.getAsBoolean();
    }

    private void land(Flight flight) {
        if (flight.toOurs()) {
            ours.receive(now, flight.packet(), 0, flight.packet().length);
            drain();
        } else {
            browser.receive(flight.packet()).forEach(p -> fly(true, p));
        }
    }

    void drain() {
        for (byte[] packet = ours.poll(); packet != null; packet = ours.poll()) {
            seen.add(packet);
            fly(false, packet);
        }
    }

    List<byte[]> sentByOurs() {
        return seen;
    }

    private void fly(boolean toOurs, byte[] packet) {
        int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < loss ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay = 10_000_000L + (loss > 0 ? random.nextLong(100_000_000L) : 0);
            flights.add(new Flight(now + delay, toOurs, packet));
        }
    }
}
