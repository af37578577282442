package dev.oriel.benchmarks.load;

import dev.oriel.benchmarks.camera.SyntheticVideo;
import dev.oriel.benchmarks.figures.Distribution;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.testkit.viewer.WhepAnswerer;
import dev.oriel.testkit.viewer.light.Counts;
import dev.oriel.testkit.viewer.light.LightViewer;
import dev.oriel.testkit.viewer.light.LightViewers;
import dev.oriel.testkit.viewer.light.Reach;
import dev.oriel.testkit.viewer.light.Steps;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The viewers of one server. One thread at a time; closing it has all of them leave. */
public final class Audience implements AutoCloseable {

    private static final int MAX_SENTENCE = 160;
    private static final int SLACK_FRAMES = 64;

    private final LightViewers viewers;
    private final List<Member> members = new ArrayList<>();

    private record Member(LightViewer viewer, StampWatch watch, WhepAnswerer server) {}

    /** Nobody yet. */
    public Audience(LightViewers viewers) {
        this.viewers = viewers;
    }

    /** How many there are. */
    public int size() {
        return members.size();
    }

    /**
     * Has viewers join, each at the endpoint that is next in turn; blocks until all of them see something or have failed. Stops
     * early when more than a few have failed.
     *
     * @param perSecond the pace; where that is too fast, as many as the joining threads do
     */
    public Joining join(List<URI> endpoints, int count, double perSecond, Duration patience)
            throws InterruptedException {
        long began = Machine.nanos();
        List<CompletableFuture<Member>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Machine.pause((long) (i * 1000 / perSecond) - (Machine.nanos() - began) / 1_000_000);
            long failed = all.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .count();
            if (failed > 2 + count / 20) {
                break;
            }
            all.add(join(endpoints.get(i % endpoints.size()), patience));
        }
        Map<String, Integer> failures = new TreeMap<>();
        List<Steps> steps = new ArrayList<>();
        for (CompletableFuture<Member> one : all) {
            try {
                Member member = one.join();
                members.add(member);
                steps.add(member.viewer().steps());
            } catch (CompletionException e) {
                failures.merge(sentence(e), 1, Integer::sum);
            }
        }
        return new Joining(
                all.size(),
                steps.size(),
                (Machine.nanos() - began) / 1e9,
                distribution(steps, Steps::answered),
                distribution(steps, Steps::secured),
                distribution(steps, Steps::pictured),
                failures);
    }

    /** Has the last ones leave; blocks until they have. */
    public void leave(int count) {
        List<Member> leaving = members.subList(members.size() - count, members.size());
        for (Member member : leaving) {
            try {
                if (member.server().session().isPresent()) {
                    member.server().delete();
                }
            } catch (IOException e) {
                // A server that cannot be told finds out by the goodbye below.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            viewers.leave(member.viewer());
        }
        leaving.clear();
        viewers.ask(() -> true).join();
    }

    /** Measures for a while. */
    public Window watch(Duration duration) throws InterruptedException {
        int capacity = (int) (duration.toMillis() * SyntheticVideo.FRAMES_PER_SECOND / 1000) + SLACK_FRAMES;
        long began = Machine.nanos();
        List<Counts> before = viewers.ask(() -> {
                    members.forEach(m -> m.watch().open(capacity));
                    return counts();
                })
                .join();
        Machine.pause(duration.toMillis());
        List<Counts> after = viewers.ask(this::counts).join();
        List<StampWatch.Seen> seen = viewers.ask(
                        () -> members.stream().map(m -> m.watch().close()).toList())
                .join();
        double seconds = (Machine.nanos() - began) / 1e9;
        Counts sum = Counts.NONE;
        for (int i = 0; i < before.size(); i++) {
            sum = sum.and(after.get(i).since(before.get(i)));
        }
        int nominal = (int) (duration.toMillis() * SyntheticVideo.FRAMES_PER_SECOND / 1000);
        // A viewer that stood still saw the end of nothing; for the others, the window's edges fall anywhere in a
        // picture.
        long expected = seen.stream()
                .mapToLong(s -> s.span() > nominal * 4 / 5 ? s.span() : nominal)
                .sum();
        return new Window(
                members.size(),
                seconds,
                sum,
                seen.stream().mapToLong(StampWatch.Seen::frames).sum(),
                expected,
                Distribution.ofMicros(seen.stream()
                        .flatMapToInt(s -> Arrays.stream(s.latencies()))
                        .toArray()));
    }

    @Override
    public void close() {
        leave(members.size());
    }

    private CompletableFuture<Member> join(URI endpoint, Duration patience) {
        StampWatch watch = new StampWatch();
        WhepAnswerer server = new WhepAnswerer(endpoint);
        return viewers.join(server, Reach.WATCHING, watch, patience)
                .thenApply(viewer -> new Member(viewer, watch, server));
    }

    private List<Counts> counts() {
        return members.stream().map(m -> m.viewer().counts()).toList();
    }

    private static Distribution distribution(List<Steps> steps, Function<Steps, OptionalLong> step) {
        return Distribution.ofMillis(steps.stream()
                .map(step)
                .flatMapToLong(OptionalLong::stream)
                .mapToDouble(nanos -> nanos / 1e6)
                .toArray());
    }

    /** The future wraps the failure, and tells its class before its message. */
    private static String sentence(CompletionException failure) {
        String text = String.valueOf(failure.getMessage()).replaceFirst("^[\\w.$]+: ", "");
        return text.length() > MAX_SENTENCE ? text.substring(0, MAX_SENTENCE) : text;
    }
}
