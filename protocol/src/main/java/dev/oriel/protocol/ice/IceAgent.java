package dev.oriel.protocol.ice;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The answering side of one viewer's ICE, in the controlled role (RFC 8445), with consent to go on sending (RFC 7675).
 *
 * <p>After each call that changes something, drain {@link #poll()}, then wait for the next message or for {@link
 * #deadlineNanos()}. Confined to one thread. Nothing changes for a message that is not signed with the right password.
 *
 * <p>Media may flow over the first path that a signed request came over, before the viewer has chosen one: an answerer must
 * be ready for that, since browsers start DTLS as soon as their own check is answered. An offerer that speaks ICE-lite never
 * chooses; then the first path stays.
 */
public final class IceAgent {

    /** A viewer that cannot be reached within this time is given up. */
    public static final long CONNECT_NANOS = 15_000_000_000L;

    /** A viewer that is silent for this long is gone (RFC 7675 section 5.1). */
    public static final long SILENCE_NANOS = 30_000_000_000L;

    private static final long PACE_NANOS = 50_000_000L;
    private static final long FIRST_RESEND_NANOS = 500_000_000L;
    private static final int MAX_SENDS = 8;
    private static final long CONSENT_NANOS = 4_000_000_000L;
    private static final long CONSENT_SPREAD_NANOS = 2_000_000_000L;
    private static final long STALE_NANOS = 6_000_000_000L;
    private static final int ROLE_CONFLICT = 487;

    private final int tag;
    private final RandomGenerator random;
    private final Checklist checklist;
    private final Queue<IceAction> actions = new ArrayDeque<>();
    private IceCredentials local;
    private IceCredentials remote;
    private long tieBreaker;
    private long startedNanos;
    private long lastHeardNanos;
    private long nextCheckNanos;
    private long nextConsentNanos;
    private Optional<CandidatePair> used = Optional.empty();
    private boolean connected;
    private boolean chosen;
    private boolean lost;

    /**
     * An agent that waits for the viewer.
     *
     * @param tag tells this agent's transactions apart from those of others on the same port
     * @param local own credentials, as the answer tells them
     * @param remote the offer's
     * @param own own candidates, best first
     * @param random for transaction ids and pauses
     */
    public IceAgent(
            int tag,
            IceCredentials local,
            IceCredentials remote,
            List<Candidate> own,
            RandomGenerator random,
            long nowNanos) {
        this.tag = tag;
        this.local = local;
        this.remote = remote;
        this.random = random;
        this.checklist = new Checklist(own);
        this.tieBreaker = random.nextLong();
        this.startedNanos = nowNanos;
        this.lastHeardNanos = nowNanos;
        this.nextCheckNanos = nowNanos;
    }

    /** What the transaction ids of this agent begin with. */
    public int tag() {
        return tag;
    }

    /** The tag in a transaction id. */
    static int tagOf(Bytes transactionId) {
        return ByteBuffer.wrap(transactionId.toArray()).getInt();
    }

    /** Takes a candidate of the viewer, from the offer or later; beyond {@link Checklist#MAX_REMOTE} they are ignored. */
    public void addRemote(Candidate candidate) {
        if (!lost) {
            checklist.addRemote(candidate);
        }
    }

    /** Starts anew with other credentials and no remote candidates; the path in use stays until another is chosen. */
    public void restart(long nowNanos, IceCredentials newLocal, IceCredentials newRemote) {
        local = newLocal;
        remote = newRemote;
        checklist.clear();
        chosen = false;
        nextCheckNanos = nowNanos;
    }

    /** Takes a STUN message that came over a path; whether it was signed and so belongs to this viewer. */
    public boolean receive(long nowNanos, Path path, StunMessage message) {
        if (lost || message.isCorrupt()) {
            return false;
        }
        return switch (message.type()) {
            case REQUEST -> request(nowNanos, path, message);
            case SUCCESS, ERROR -> response(nowNanos, path, message);
            case INDICATION -> false;
        };
    }

    /** A path is no more, as when a TCP connection is closed; the viewer may come over another, and has as long as a silent one. */
    public void closed(long nowNanos, Path path) {
        checklist.closed(path);
        if (!lost && used.filter(pair -> pair.path.equals(path)).isPresent()) {
            used = Optional.empty();
            actions.add(new IceAction.Pause());
        }
    }

    /** Takes the time. */
    public void wake(long nowNanos) {
        if (lost) {
            return;
        }
        if (!connected && nowNanos - startedNanos >= CONNECT_NANOS) {
            lose("The viewer could not be reached over the network within 15 seconds.");
        } else if (connected && nowNanos - lastHeardNanos >= SILENCE_NANOS) {
            lose("The viewer has been silent for 30 seconds.");
        } else {
            checks(nowNanos);
            if (used.isPresent() && nowNanos - nextConsentNanos >= 0) {
                check(nowNanos, used.get());
                nextConsentNanos = nowNanos + CONSENT_NANOS + random.nextLong(CONSENT_SPREAD_NANOS);
            }
        }
    }

    /** When {@link #wake} is due at the latest; absent once the viewer is lost. */
    public OptionalLong deadlineNanos() {
        if (lost) {
            return OptionalLong.empty();
        }
        long due = connected ? lastHeardNanos + SILENCE_NANOS : startedNanos + CONNECT_NANOS;
        if (used.isPresent()) {
            due = earlier(due, nextConsentNanos);
        }
        if (checklist.hasWaiting()) {
            due = earlier(due, nextCheckNanos);
        }
        for (CandidatePair pair : checklist.pairs()) {
            if (pair.state == CandidatePair.State.IN_PROGRESS) {
                due = earlier(due, pair.resendNanos);
            }
        }
        return OptionalLong.of(due);
    }

    /** The next thing to do; null when there is nothing. */
    public @Nullable IceAction poll() {
        return actions.poll();
    }

    private boolean request(long nowNanos, Path path, StunMessage message) {
        String username = local.fragment() + ":" + remote.fragment();
        if (!message.username().equals(Optional.of(username)) || !message.isSignedWith(local.password())) {
            return false;
        }
        if (message.isFromControlled()) {
            // The offerer is the controlling side (RFC 8445 section 6.1.1); it changes its mind when it reads this.
            answer(path, new StunWriter(StunType.ERROR, message.transactionId()).error(ROLE_CONFLICT, "Role Conflict"));
            return true;
        }
        answer(path, new StunWriter(StunType.SUCCESS, message.transactionId()).mappedAddress(path.remote()));
        CandidatePair pair = checklist.heard(path, message.priority().orElse(1));
        heard(nowNanos, pair);
        pair.heard = true;
        if (message.usesCandidate()) {
            pair.chosen = true;
        }
        if (pair.state == CandidatePair.State.SUCCEEDED) {
            choose(nowNanos, pair);
        } else if (pair.state != CandidatePair.State.IN_PROGRESS) {
            checklist.trigger(pair);
        }
        if (used.isEmpty() || !chosen && checklist.isForgotten(used.get()) || isStale(nowNanos, used.get())) {
            use(nowNanos, pair);
        }
        return true;
    }

    private boolean response(long nowNanos, Path path, StunMessage message) {
        Optional<CandidatePair> asked = checklist.byTransaction(message.transactionId());
        if (asked.isEmpty() || !asked.get().path.equals(path) || !message.isSignedWith(remote.password())) {
            return false;
        }
        CandidatePair pair = asked.get();
        pair.transaction = Optional.empty();
        heard(nowNanos, pair);
        if (message.type() == StunType.SUCCESS) {
            pair.state = CandidatePair.State.SUCCEEDED;
            choose(nowNanos, pair);
        } else if (message.errorCode().orElse(0) == ROLE_CONFLICT) {
            tieBreaker = random.nextLong();
            checklist.trigger(pair);
        } else {
            pair.state = CandidatePair.State.FAILED;
        }
        return true;
    }

    private void heard(long nowNanos, CandidatePair pair) {
        pair.lastHeardNanos = nowNanos;
        lastHeardNanos = nowNanos;
    }

    private boolean isStale(long nowNanos, CandidatePair pair) {
        return nowNanos - pair.lastHeardNanos >= STALE_NANOS;
    }

    private void choose(long nowNanos, CandidatePair pair) {
        if (pair.chosen) {
            // Choosing is an event: an older pair that is checked again must not win back by its old flag.
            pair.chosen = false;
            chosen = true;
            checklist.conclude();
            use(nowNanos, pair);
        }
    }

    private void use(long nowNanos, CandidatePair pair) {
        if (used.isEmpty() || used.get() != pair) {
            boolean moved = used.isEmpty() || !used.get().path.equals(pair.path);
            used = Optional.of(pair);
            connected = true;
            nextConsentNanos = nowNanos + CONSENT_NANOS;
            if (moved) {
                actions.add(new IceAction.Use(pair.path));
            }
        }
    }

    private void lose(String sentence) {
        lost = true;
        actions.add(new IceAction.Lost(sentence));
    }

    private void checks(long nowNanos) {
        for (CandidatePair pair : checklist.pairs()) {
            if (pair.state == CandidatePair.State.IN_PROGRESS && nowNanos - pair.resendNanos >= 0) {
                if (pair.sends >= MAX_SENDS) {
                    pair.state = CandidatePair.State.FAILED;
                } else {
                    resend(nowNanos, pair);
                }
            }
        }
        if (nowNanos - nextCheckNanos >= 0) {
            checklist.next().ifPresent(pair -> {
                pair.state = CandidatePair.State.IN_PROGRESS;
                pair.sends = 0;
                check(nowNanos, pair);
                nextCheckNanos = nowNanos + PACE_NANOS;
            });
        }
    }

    private void check(long nowNanos, CandidatePair pair) {
        byte[] id = new byte[12];
        random.nextBytes(id);
        ByteBuffer.wrap(id).putInt(tag);
        pair.transaction = Optional.of(Bytes.copyOf(id));
        resend(nowNanos, pair);
    }

    private void resend(long nowNanos, CandidatePair pair) {
        pair.transaction.ifPresent(id -> {
            byte[] message = new StunWriter(StunType.REQUEST, id)
                    .username(remote.fragment() + ":" + local.fragment())
                    .priority(Candidate.priority(Candidate.PEER_REFLEXIVE_PREFERENCE, 0))
                    .controlled(tieBreaker)
                    .signedWith(remote.password());
            actions.add(new IceAction.Send(pair.path, message));
        });
        pair.resendNanos = nowNanos + (FIRST_RESEND_NANOS << Math.min(pair.sends, 1));
        pair.sends++;
    }

    private void answer(Path path, StunWriter response) {
        actions.add(new IceAction.Send(path, response.signedWith(local.password())));
    }

    private static long earlier(long a, long b) {
        return a - b <= 0 ? a : b;
    }
}
