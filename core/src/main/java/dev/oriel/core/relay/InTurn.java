package dev.oriel.core.relay;

import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.core.service.Whiteboard;
import dev.oriel.core.time.Bounded;
import dev.oriel.core.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question put to one service after the other until one answers with a session.
 *
 * <p>Each has a bounded time, and so have all together; a session that comes too late is closed. When all fail, the first
 * failure counts that is more than the absence of a part.
 */
final class InTurn<S> {

    private static final Logger LOG = LoggerFactory.getLogger(InTurn.class);

    private final Timeline timeline;
    private final List<S> services;
    private final Function<S, CompletionStage<ViewerSession>> question;
    private final Predicate<RelayException> isFinal;
    private final long eachNanos;
    private final long deadlineNanos;
    private final List<RelayException> failures = new ArrayList<>();
    private final CompletableFuture<ViewerSession> outcome = new CompletableFuture<>();

    private InTurn(
            Timeline timeline,
            List<S> services,
            Function<S, CompletionStage<ViewerSession>> question,
            Predicate<RelayException> isFinal,
            long eachNanos,
            long allNanos) {
        this.timeline = timeline;
        this.services = services;
        this.question = question;
        this.isFinal = isFinal;
        this.eachNanos = eachNanos;
        this.deadlineNanos = timeline.nanos() + allNanos;
    }

    /**
     * Asks.
     *
     * @param services whom, in this order; not empty
     * @param isFinal failures after which nobody else is asked
     * @param eachNanos how long each may take
     * @param allNanos how long all together may take
     */
    static <S> CompletableFuture<ViewerSession> ask(
            Timeline timeline,
            List<S> services,
            Function<S, CompletionStage<ViewerSession>> question,
            Predicate<RelayException> isFinal,
            long eachNanos,
            long allNanos) {
        InTurn<S> turn = new InTurn<>(timeline, services, question, isFinal, eachNanos, allNanos);
        turn.next(0);
        return turn.outcome;
    }

    /** What a failed stage failed with, as one of the failures callers know. */
    static RelayException reason(Throwable failure, String who) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RelayException known) {
            return known;
        }
        LOG.warn("{} failed in a way it should not", who, cause);
        return new NoEngine("A part of this system failed; its log says more.");
    }

    private void next(int index) {
        long left = deadlineNanos - timeline.nanos();
        if (index == services.size() || left <= 0) {
            outcome.completeExceptionally(mostTelling());
            return;
        }
        S service = services.get(index);
        CompletionStage<ViewerSession> answer;
        try {
            answer = question.apply(service);
        } catch (RuntimeException | LinkageError e) {
            answer = CompletableFuture.failedFuture(e);
        }
        NoEngine late = new NoEngine("A part of this system did not answer in time.");
        Bounded.within(timeline, Math.min(eachNanos, left), answer, late, InTurn::closeLate)
                .whenComplete((session, failure) -> {
                    if (failure == null) {
                        if (!outcome.complete(session)) {
                            closeLate(session);
                        }
                        return;
                    }
                    RelayException reason = reason(failure, Whiteboard.nameOf(service));
                    if (reason == late) {
                        LOG.warn("{} did not answer in time", Whiteboard.nameOf(service));
                    }
                    failures.add(reason);
                    if (isFinal.test(reason)) {
                        outcome.completeExceptionally(reason);
                    } else {
                        next(index + 1);
                    }
                });
    }

    private RelayException mostTelling() {
        return failures.stream()
                .filter(failure -> !(failure instanceof NoEngine))
                .findFirst()
                .orElseGet(() -> failures.isEmpty()
                        ? new NoEngine("No part of this system is there to answer.")
                        : failures.get(0));
    }

    private static void closeLate(ViewerSession session) {
        try {
            session.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} could not be closed", Whiteboard.nameOf(session), e);
        }
    }
}
