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
 * The answering side of one viewer's ICE (RFC 8445), with consent to go on sending (RFC 7675).
 *
 * <p>After each call that changes something, drain {@link #poll()}, then wait for the next message or for {@link
 * #deadlineNanos()}. Confined to one thread. Nothing changes for a message that is not signed with the right password.
 *
 * <p>The first path that a signed request came over is used at once, since browsers start DTLS as soon as their own check is
 * answered. From then on a path has to answer a check of ours before it is used: a request alone proves who sent it, not that
 * they are where it says they are, and media must not be led to somebody else's door. A viewer that goes over to another path,
 * says so or not, is followed.
 */
public final class IceAgent {

    /** A viewer that cannot be reached within this time is given up. */
    public static final long CONNECT_NANOS = 15_000_000_000L;

    /**
     * A viewer that has answered no check for this long is gone: one second less than RFC 7675 section 5.1 allows, so that it is
     * over 30 seconds after the viewer vanished, with what was under way then and timers that are late.
     */
    public static final long CONSENT_EXPIRY_NANOS = 29_000_000_000L;

    private static final long PACE_NANOS = 50_000_000L;
    private static final long TRIGGER_NANOS = 200_000_000L;
    private static final long FIRST_RESEND_NANOS = 500_000_000L;
    private static final int MAX_SENDS = 8;

    /** How long after an answer consent is asked for again, with a spread, and how long after a question without one. */
    private static final long CONSENT_NANOS = 4_000_000_000L;

    private static final long CONSENT_SPREAD_NANOS = 2_000_000_000L;
    private static final long CONSENT_RETRY_NANOS = 1_000_000_000L;

    /** A path that nothing was heard over for this long is left for one that works. */
    private static final long SILENT_NANOS = 6_000_000_000L;

    /** So is one over which requests come and no answer to ours. */
    private static final long UNANSWERED_NANOS = 20_000_000_000L;

    private static final int ROLE_CONFLICT = 487;

    private final int tag;
    private final RandomGenerator random;
    private final Checklist checklist;
    private final Witness witness = new Witness();
    private final Queue<IceAction> actions = new ArrayDeque<>();
    private IceRole role;
    private IceCredentials local;
    private IceCredentials remote;
    private long tieBreaker;
    private long startedNanos;
    private long consentedNanos;
    private long nextCheckNanos;
    private long nextConsentNanos;
    private Optional<CandidatePair> used = Optional.empty();
    private long usedNanos;
    private long nominations;
    private boolean connected;
    private boolean chosen;
    private boolean lost;

    /** Kept, since it is asked for with each packet that is sent. */
    private Optional<OptionalLong> deadline = Optional.empty();

    /**
     * An agent that waits for the viewer.
     *
     * @param tag tells this agent's transactions apart from those of others on the same port
     * @param role {@link IceRole#CONTROLLING} towards an ICE-lite viewer, else {@link IceRole#CONTROLLED}
     * @param local own credentials, as the answer tells them
     * @param remote the offer's
     * @param own what to send from, best first
     * @param random for transaction ids and pauses
     */
    public IceAgent(
            int tag,
            IceRole role,
            IceCredentials local,
            IceCredentials remote,
            List<Candidate> own,
            RandomGenerator random,
            long nowNanos) {
        this.tag = tag;
        this.role = role;
        this.local = local;
        this.remote = remote;
        this.random = random;
        this.checklist = new Checklist(own);
        this.tieBreaker = random.nextLong();
        this.startedNanos = nowNanos;
        this.consentedNanos = nowNanos;
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
            changed();
            checklist.addRemote(candidate);
        }
    }

    /** Takes a further address to send from, as one that a relay has just given. */
    public void addOwn(Candidate candidate) {
        if (!lost) {
            changed();
            checklist.addOwn(candidate);
        }
    }

    /** Starts anew with other credentials and no remote candidates; the path in use stays until another is chosen. */
    public void restart(long nowNanos, IceCredentials newLocal, IceCredentials newRemote) {
        changed();
        local = newLocal;
        remote = newRemote;
        checklist.clear();
        chosen = false;
        nextCheckNanos = nowNanos;
        if (!connected) {
            startedNanos = nowNanos;
        }
    }

    /** Takes a STUN message that came over a path; whether it was signed and so belongs to this viewer. */
    public boolean receive(long nowNanos, Path path, StunMessage message) {
        if (lost || message.isCorrupt()) {
            return false;
        }
        changed();
        return switch (message.type()) {
            case REQUEST -> request(nowNanos, path, message);
            case SUCCESS, ERROR -> response(nowNanos, path, message);
            case INDICATION -> false;
        };
    }

    /** A path is no more, as when a TCP connection is closed; the viewer may come over another, and has as long as a silent one. */
    public void closed(Path path) {
        changed();
        checklist.closed(path);
        if (!lost && used.filter(pair -> pair.path.equals(path)).isPresent()) {
            used = Optional.empty();
            chosen = false;
            actions.add(new IceAction.Pause());
        }
    }

    /** Takes the time. */
    public void wake(long nowNanos) {
        if (lost) {
            return;
        }
        changed();
        if (!connected && nowNanos - startedNanos >= CONNECT_NANOS) {
            lose();
        } else if (connected && nowNanos - consentedNanos >= CONSENT_EXPIRY_NANOS) {
            lose();
        } else {
            checks(nowNanos);
            used.filter(pair -> isAskedForConsent(pair) && nowNanos - nextConsentNanos >= 0)
                    .ifPresent(pair -> askForConsent(nowNanos, pair));
        }
    }

    /** When {@link #wake} is due at the latest; absent once the viewer is lost. */
    public OptionalLong deadlineNanos() {
        OptionalLong due = deadline.orElseGet(this::due);
        deadline = Optional.of(due);
        return due;
    }

    private OptionalLong due() {
        if (lost) {
            return OptionalLong.empty();
        }
        long due = connected ? consentedNanos + CONSENT_EXPIRY_NANOS : startedNanos + CONNECT_NANOS;
        if (used.filter(this::isAskedForConsent).isPresent()) {
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

    private void changed() {
        deadline = Optional.empty();
    }

    /** What has been seen of the viewer. */
    public Sightings sightings() {
        return witness.sightings(
                startedNanos, consentedNanos, connected, connected && used.isEmpty(), checklist.remotes());
    }

    /** Takes note of addresses that the viewer has and does not tell. */
    public void addHidden(int count) {
        witness.hidden(count);
    }

    /** The next thing to do; null when there is nothing. */
    public @Nullable IceAction poll() {
        return actions.poll();
    }

    private boolean request(long nowNanos, Path path, StunMessage message) {
        String username = local.fragment() + ":" + remote.fragment();
        if (!message.username().equals(Optional.of(username)) || !message.isSignedWith(local.password())) {
            witness.forged(path);
            return false;
        }
        witness.heard(path);
        if (message.isFromControlled() && role == IceRole.CONTROLLED) {
            // The offerer is the controlling side (RFC 8445 section 6.1.1); it changes its mind when it reads this.
            answer(path, new StunWriter(StunType.ERROR, message.transactionId()).error(ROLE_CONFLICT, "Role Conflict"));
            return true;
        }
        if (message.isFromControlling()) {
            // Whoever checks by itself does not speak ICE-lite, and may choose.
            role = IceRole.CONTROLLED;
        }
        answer(path, new StunWriter(StunType.SUCCESS, message.transactionId()).mappedAddress(path.remote()));
        CandidatePair pair = checklist.heard(path, message.priority().orElse(1), used);
        heard(nowNanos, pair);
        pair.flagged = message.usesCandidate();
        if (pair.flagged) {
            pair.nomination = ++nominations;
            pair.nominatedNanos = nowNanos;
        }
        checkBack(nowNanos, pair);
        follow(nowNanos);
        if (used.isEmpty() && (!connected || path.transport() == Transport.TCP)) {
            use(nowNanos, pair);
        }
        return true;
    }

    /** Checks a pair that a request came over (RFC 8445 section 7.3.1.4). */
    private void checkBack(long nowNanos, CandidatePair pair) {
        switch (pair.state) {
            case WAITING, FAILED -> checklist.trigger(pair);
            case IN_PROGRESS -> {
                // What was sent before the viewer's router let it in is lost.
                if (nowNanos - pair.sentNanos >= TRIGGER_NANOS) {
                    pair.resendNanos = nowNanos;
                    pair.sends = 1;
                }
            }
            case SUCCEEDED -> {
                if (used.filter(u -> u != pair && isLeft(nowNanos, u)).isPresent()) {
                    checklist.trigger(pair);
                }
            }
        }
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
            succeeded(nowNanos, pair);
        } else if (message.errorCode().orElse(0) == ROLE_CONFLICT) {
            // Both take themselves for the controlled side; the lower number keeps that role (section 7.3.1.1).
            tieBreaker = 0;
            checklist.trigger(pair);
        } else {
            pair.state = CandidatePair.State.FAILED;
        }
        return true;
    }

    private void succeeded(long nowNanos, CandidatePair pair) {
        pair.state = CandidatePair.State.SUCCEEDED;
        pair.lastAnsweredNanos = nowNanos;
        consentedNanos = nowNanos;
        witness.answered();
        if (role == IceRole.CONTROLLING && !chosen) {
            choose(nowNanos, pair);
        }
        follow(nowNanos);
        if (used.isEmpty() || !chosen && checklist.isForgotten(used.get())) {
            use(nowNanos, pair);
        } else if (used.get() != pair && isLeft(nowNanos, used.get())) {
            used.get().nomination = 0;
            use(nowNanos, pair);
        }
        if (used.get() == pair) {
            nextConsentNanos = nowNanos + CONSENT_NANOS + random.nextLong(CONSENT_SPREAD_NANOS);
        }
    }

    /** As the controlling side, chooses the first pair that works: says so in one more check, which is the last question of it. */
    private void choose(long nowNanos, CandidatePair pair) {
        if (pair.nominating) {
            chosen = true;
            use(nowNanos, pair);
            checklist.conclude();
        } else if (checklist.pairs().stream().noneMatch(p -> p.nominating && p.state != CandidatePair.State.FAILED)) {
            pair.nominating = true;
            checklist.trigger(pair);
        }
    }

    /** Goes over to the pair that the viewer has chosen, if another one is used. */
    private void follow(long nowNanos) {
        boolean moved = false;
        for (CandidatePair pair : checklist.pairs()) {
            if (pair.nomination > 0
                    && pair.state == CandidatePair.State.SUCCEEDED
                    && nowNanos - pair.lastHeardNanos < SILENT_NANOS
                    && (used.isEmpty() || !chosen || used.get() != pair && pair.isPreferredTo(used.get(), nowNanos))) {
                chosen = true;
                moved = true;
                use(nowNanos, pair);
            }
        }
        if (moved) {
            checklist.conclude();
        }
    }

    private static void heard(long nowNanos, CandidatePair pair) {
        if (!pair.heard) {
            pair.heard = true;
            pair.lastAnsweredNanos = nowNanos;
        }
        pair.lastHeardNanos = nowNanos;
    }

    /** Whether the viewer seems to have gone from the path in use; one that has just been taken gets its time. */
    private boolean isLeft(long nowNanos, CandidatePair pair) {
        return nowNanos - later(pair.lastHeardNanos, usedNanos) >= SILENT_NANOS
                || nowNanos - later(pair.lastAnsweredNanos, usedNanos) >= UNANSWERED_NANOS;
    }

    private void use(long nowNanos, CandidatePair pair) {
        if (used.isPresent() && used.get() == pair) {
            return;
        }
        boolean isElsewhere = used.isEmpty() || !used.get().path.equals(pair.path);
        used = Optional.of(pair);
        usedNanos = nowNanos;
        nextConsentNanos = later(nowNanos, pair.lastAnsweredNanos + CONSENT_NANOS);
        if (!connected) {
            connected = true;
            consentedNanos = nowNanos;
        }
        if (isElsewhere) {
            actions.add(new IceAction.Use(pair.path));
        }
    }

    private void lose() {
        lost = true;
        actions.add(new IceAction.Lost());
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
                check(nowNanos, pair);
                nextCheckNanos = nowNanos + PACE_NANOS;
            });
        }
    }

    /** One that is still being checked is asked anyway, and one from before a restart would not understand. */
    private boolean isAskedForConsent(CandidatePair pair) {
        return pair.state != CandidatePair.State.IN_PROGRESS
                && pair.state != CandidatePair.State.WAITING
                && !checklist.isForgotten(pair);
    }

    /** A question without an answer is put again as it was: the answer may be on its way. */
    private void askForConsent(long nowNanos, CandidatePair pair) {
        if (pair.transaction.isPresent()) {
            resend(nowNanos, pair);
        } else {
            check(nowNanos, pair);
        }
        nextConsentNanos = nowNanos + CONSENT_RETRY_NANOS;
    }

    private void check(long nowNanos, CandidatePair pair) {
        byte[] id = new byte[12];
        random.nextBytes(id);
        ByteBuffer.wrap(id).putInt(tag);
        pair.transaction = Optional.of(Bytes.copyOf(id));
        pair.sends = 0;
        resend(nowNanos, pair);
    }

    private void resend(long nowNanos, CandidatePair pair) {
        pair.transaction.ifPresent(id -> {
            StunWriter check = new StunWriter(StunType.REQUEST, id)
                    .username(remote.fragment() + ":" + local.fragment())
                    .priority(Candidate.priority(Candidate.PEER_REFLEXIVE_PREFERENCE, 0));
            if (role == IceRole.CONTROLLED) {
                check.controlled(tieBreaker);
            } else {
                check.controlling(tieBreaker);
                if (pair.nominating) {
                    check.useCandidate();
                }
            }
            actions.add(new IceAction.Send(pair.path, check.signedWith(remote.password())));
        });
        pair.sentNanos = nowNanos;
        pair.resendNanos = nowNanos + (FIRST_RESEND_NANOS << Math.min(pair.sends, 1));
        pair.sends++;
    }

    private void answer(Path path, StunWriter response) {
        actions.add(new IceAction.Send(path, response.signedWith(local.password())));
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }

    private static long earlier(long a, long b) {
        return a - b <= 0 ? a : b;
    }
}
