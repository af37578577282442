package dev.oriel.discovery;

import dev.oriel.api.discovery.Discovery;
import dev.oriel.api.discovery.Discovery.Problem;
import dev.oriel.api.discovery.ProbeResult;
import dev.oriel.api.discovery.ProbeResult.Verdict;
import dev.oriel.api.discovery.ServerDiscovery;
import dev.oriel.api.discovery.ServerProbe;
import dev.oriel.api.discovery.ServerType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every probe at once, and draws the conclusion: a match before a login before a failure before silence. */
@Component(service = ServerDiscovery.class)
public final class Discoverer implements ServerDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discoverer.class);

    /** A probe promises 4 seconds, and this service 5. */
    private static final long PROBE_MILLIS = 4_500;

    private static final int MAX_AT_ONCE = 16;

    private record Entry(ServerProbe probe, int ranking) {}

    /** What one probe saw; a probe that failed has no type. */
    private record Seen(Optional<ServerType> type, ProbeResult result) {}

    private final Web web;
    private final Semaphore room = new Semaphore(MAX_AT_ONCE);
    private volatile List<Entry> probes = List.of();

    @Activate
    public Discoverer(@Reference Web web) {
        this.web = web;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void bindProbe(ServerProbe probe, Map<String, Object> properties) {
        unbindProbe(probe);
        List<Entry> more = new ArrayList<>(probes);
        more.add(new Entry(probe, properties.get("service.ranking") instanceof Integer ranking ? ranking : 0));
        more.sort(Comparator.comparingInt(Entry::ranking).reversed());
        probes = List.copyOf(more);
    }

    public synchronized void unbindProbe(ServerProbe probe) {
        probes = probes.stream().filter(entry -> entry.probe() != probe).toList();
    }

    @Override
    public CompletionStage<Discovery> discover(String url) {
        Optional<URI> server = ServerAddress.read(url);
        if (server.isEmpty()) {
            return CompletableFuture.completedFuture(new Discovery.NotFound(
                    Problem.INVALID_URL, List.of("This is no address that begins with http:// or https://.")));
        }
        if (!room.tryAcquire()) {
            return CompletableFuture.completedFuture(new Discovery.NotFound(
                    Problem.SERVER_FAILURE, List.of("Too many servers are being looked at; try again in a moment.")));
        }
        List<CompletableFuture<Seen>> asked =
                probes.stream().map(entry -> ask(entry.probe(), server.get())).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).handle((done, failure) -> {
            room.release();
            return conclude(asked.stream().map(CompletableFuture::join).toList());
        });
    }

    /** Completes in time and without failure, whatever the probe does. */
    private CompletableFuture<Seen> ask(ServerProbe probe, URI server) {
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        Seen failed = new Seen(Optional.empty(), nothing(Verdict.NO_MATCH, "a probe failed"));
        try {
            Optional<ServerType> type = Optional.of(probe.type());
            web.bound(PROBE_MILLIS, seen, new Seen(type, nothing(Verdict.UNREACHABLE, "the probe has not finished")));
            probe.probe(server).whenComplete((result, failure) -> {
                if (failure != null) {
                    LOG.warn("{} failed", probe.getClass().getName(), failure);
                }
                seen.complete(result == null ? failed : new Seen(type, result));
            });
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} failed", probe.getClass().getName(), e);
            seen.complete(failed);
        }
        return seen;
    }

    private static ProbeResult nothing(Verdict verdict, String why) {
        return new ProbeResult(verdict, List.of(why));
    }

    private static Discovery conclude(List<Seen> all) {
        List<String> evidence = new ArrayList<>();
        for (Seen seen : all) {
            String who = seen.type().map(type -> type.title() + ": ").orElse("");
            seen.result().evidence().forEach(line -> evidence.add(who + line));
        }
        Optional<ServerType> found = all.stream()
                .filter(seen -> seen.result().verdict() == Verdict.MATCH)
                .findFirst()
                .flatMap(Seen::type);
        if (found.isPresent()) {
            return new Discovery.Found(found.get(), evidence);
        }
        Verdict telling = Stream.of(Verdict.UNAUTHORIZED, Verdict.FAILURE, Verdict.UNREACHABLE)
                .filter(verdict -> all.stream().anyMatch(seen -> seen.result().verdict() == verdict))
                .findFirst()
                .orElse(Verdict.NO_MATCH);
        return new Discovery.NotFound(problem(telling), evidence);
    }

    private static Problem problem(Verdict verdict) {
        return switch (verdict) {
            case UNAUTHORIZED -> Problem.UNAUTHORIZED;
            case FAILURE -> Problem.SERVER_FAILURE;
            case UNREACHABLE -> Problem.SERVER_UNREACHABLE;
            case MATCH, NO_MATCH -> Problem.UNKNOWN_SERVER;
        };
    }
}
