package dev.oriel.protocol.stun;

import dev.oriel.api.media.Bytes;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A STUN client (RFC 8489 section 6.2.1) that asks servers, from each own address, where they see it, and goes on asking: so
 * that an address translator keeps the way open, and that a change is noticed.
 *
 * <p>After each call that changes something, drain {@link #poll()}, then wait for the next response or for {@link
 * #deadlineNanos()}. Confined to one thread. A response counts only if it repeats 96 random bits and comes from the server that
 * was asked to the address that asked.
 */
public final class ServerReflexive {

    /** The most servers that are asked. */
    public static final int MAX_SERVERS = 4;

    /** How often an address that is known is asked for again. Translators forget a way after 30 seconds or more (RFC 4787). */
    public static final long KEEPALIVE_NANOS = 20_000_000_000L;

    /** How long a server that does not answer is left alone. */
    public static final long RETRY_NANOS = 60_000_000_000L;

    private static final int MAX_LOCALS = 16;
    private static final long FIRST_RESEND_NANOS = 500_000_000L;
    private static final int MAX_SENDS = 7;
    private static final long LAST_WAIT_NANOS = 16 * FIRST_RESEND_NANOS;

    /** A question to be sent. */
    public record Question(InetSocketAddress from, InetSocketAddress to, byte[] message) {}

    private record Ends(InetSocketAddress local, InetSocketAddress server) {}

    /** What is known by one address of one server. */
    private static final class Binding {
        final Ends ends;
        Optional<Bytes> transaction = Optional.empty();
        Optional<InetSocketAddress> mapped = Optional.empty();
        String fault = "";
        int sends;
        long dueNanos;

        Binding(Ends ends, long nowNanos) {
            this.ends = ends;
            this.dueNanos = nowNanos;
        }
    }

    private final RandomGenerator random;
    private final Map<Ends, Binding> bindings = new LinkedHashMap<>();
    private final Map<Bytes, Binding> asked = new HashMap<>();
    private final Queue<Question> questions = new ArrayDeque<>();

    /** @param random for transaction ids */
    public ServerReflexive(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Says who asks whom from now on; what is known between those that stay is kept.
     *
     * @param locals own addresses that have a socket
     * @param servers best first; those beyond {@value #MAX_SERVERS} are not asked
     */
    public void ask(long nowNanos, List<InetSocketAddress> locals, List<InetSocketAddress> servers) {
        Set<Ends> wanted = new LinkedHashSet<>();
        for (InetSocketAddress local : locals.stream().limit(MAX_LOCALS).toList()) {
            for (InetSocketAddress server : servers.stream().limit(MAX_SERVERS).toList()) {
                if (canReach(local, server)) {
                    wanted.add(new Ends(local, server));
                }
            }
        }
        Map<Ends, Binding> before = new HashMap<>(bindings);
        bindings.clear();
        wanted.forEach(ends -> {
            Binding known = before.remove(ends);
            bindings.put(ends, known == null ? new Binding(ends, nowNanos) : known);
        });
        asked.values().removeAll(before.values());
        wake(nowNanos);
    }

    /** Takes a STUN message that came from an address to an own one; whether it is the answer to a question. */
    public boolean receive(InetSocketAddress local, InetSocketAddress from, StunMessage message, long nowNanos) {
        if (message.type() != StunType.SUCCESS && message.type() != StunType.ERROR || message.isCorrupt()) {
            return false;
        }
        Bytes transaction = message.transactionId();
        Binding binding = asked.get(transaction);
        if (binding == null || !binding.ends.equals(new Ends(local, from))) {
            return false;
        }
        asked.remove(transaction);
        binding.transaction = Optional.empty();
        binding.mapped = message.type() == StunType.SUCCESS ? message.mappedAddress() : Optional.empty();
        if (binding.mapped.isPresent()) {
            binding.fault = "";
            binding.dueNanos = nowNanos + KEEPALIVE_NANOS;
        } else {
            binding.fault = "answers with " + message.errorCode().orElse(0);
            binding.dueNanos = nowNanos + RETRY_NANOS;
        }
        return true;
    }

    /** Takes the time. */
    public void wake(long nowNanos) {
        for (Binding binding : bindings.values()) {
            if (nowNanos - binding.dueNanos < 0) {
                continue;
            }
            if (binding.transaction.isEmpty()) {
                byte[] id = new byte[StunAttribute.TRANSACTION_BYTES];
                random.nextBytes(id);
                binding.transaction = Optional.of(Bytes.copyOf(id));
                binding.sends = 0;
                asked.put(binding.transaction.get(), binding);
            }
            if (binding.sends < MAX_SENDS) {
                send(nowNanos, binding);
            } else {
                asked.remove(binding.transaction.get());
                binding.transaction = Optional.empty();
                binding.mapped = Optional.empty();
                binding.fault = "does not answer";
                binding.dueNanos = nowNanos + RETRY_NANOS;
            }
        }
    }

    private void send(long nowNanos, Binding binding) {
        binding.transaction.ifPresent(id -> questions.add(new Question(
                binding.ends.local(), binding.ends.server(), new StunWriter(StunType.REQUEST, id).unsigned())));
        binding.sends++;
        binding.dueNanos =
                nowNanos + (binding.sends == MAX_SENDS ? LAST_WAIT_NANOS : FIRST_RESEND_NANOS << (binding.sends - 1));
    }

    /** When {@link #wake} is due; absent when nobody is asked. */
    public OptionalLong deadlineNanos() {
        Collection<Binding> all = bindings.values();
        if (all.isEmpty()) {
            return OptionalLong.empty();
        }
        long due = all.iterator().next().dueNanos;
        for (Binding binding : all) {
            due = binding.dueNanos - due < 0 ? binding.dueNanos : due;
        }
        return OptionalLong.of(due);
    }

    /** The next question to send; null when there is none. */
    public @Nullable Question poll() {
        return questions.poll();
    }

    /**
     * Where servers see own addresses, those seen best first. If there are several for one, its translator makes up another for
     * each that is spoken to, and none of them is of use (symmetric, RFC 3489 section 5).
     */
    public Map<InetSocketAddress, List<InetSocketAddress>> mapped() {
        Map<InetSocketAddress, List<InetSocketAddress>> mapped = new LinkedHashMap<>();
        for (Binding binding : bindings.values()) {
            binding.mapped.ifPresent(address -> {
                List<InetSocketAddress> known = mapped.computeIfAbsent(binding.ends.local(), l -> new ArrayList<>(1));
                if (!known.contains(address)) {
                    known.add(address);
                }
            });
        }
        return mapped;
    }

    /** What is wrong with servers that have told nothing from any address, by server. */
    public Map<InetSocketAddress, String> faults() {
        Map<InetSocketAddress, String> faults = new LinkedHashMap<>();
        bindings.values().stream().filter(b -> !b.fault.isEmpty()).forEach(b -> faults.put(b.ends.server(), b.fault));
        bindings.values().stream().filter(b -> b.mapped.isPresent()).forEach(b -> faults.remove(b.ends.server()));
        return faults;
    }

    private static boolean canReach(InetSocketAddress local, InetSocketAddress server) {
        return local.getAddress().getClass() == server.getAddress().getClass()
                && local.getAddress().isLoopbackAddress() == server.getAddress().isLoopbackAddress();
    }
}
