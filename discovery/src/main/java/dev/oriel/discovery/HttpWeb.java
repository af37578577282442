package dev.oriel.discovery;

import dev.oriel.api.time.Ambient;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web through the client of the JDK, on two threads of our own named {@code oriel-discovery-…}.
 *
 * <p>The client has one more thread, its selector, which it ends by itself: at once where the client can be closed (Java 21),
 * and otherwise once the client is garbage. So the client is made with the first question, and let go of at the end.
 */
@Component(service = Web.class, property = "oriel.discovery.internal=true")
public final class HttpWeb implements Web {

    private static final Logger LOG = LoggerFactory.getLogger(HttpWeb.class);
    private static final int THREADS = 2;
    private static final String SILENT = "no answer within " + GET_MILLIS + " ms";

    private final ScheduledThreadPoolExecutor executor;
    /** What completes the questions that are open. */
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();

    private @Nullable HttpClient client;
    private boolean stopped;

    /** Starts nothing yet. */
    @Activate
    @Ambient(reason = "the one place of this bundle that makes threads")
    public HttpWeb() {
        AtomicInteger number = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "oriel-discovery-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Ends the threads and lets go of the client; what is still open comes to nothing at once. */
    @Deactivate
    public void stop() {
        Object closing;
        synchronized (this) {
            closing = client;
            client = null;
            stopped = true;
        }
        // First, so that the client can still clean up: an exchange that stays open keeps its selector alive for good.
        ends.forEach(Runnable::run);
        executor.shutdown();
        if (closing instanceof AutoCloseable closeable) {
            // From Java 21 on; it waits for exchanges, which nobody serves any more, so another thread does the
            // waiting.
            closeAside(closeable);
        }
    }

    @Override
    public CompletableFuture<Look> get(URI server, String path) {
        CompletableFuture<Look> outcome = new CompletableFuture<>();
        URI first =
                URI.create(server.getScheme() + "://" + server.getRawAuthority().replaceFirst("^.*@", "") + path);
        Exchange exchange = new Exchange(first, credentials(server), path, outcome);
        bound(GET_MILLIS, outcome, new Look.Nothing(path, SILENT));
        outcome.whenComplete((look, failure) -> exchange.cancel());
        exchange.send(first, 0);
        return outcome;
    }

    @Override
    public <T> void bound(long millis, CompletableFuture<T> future, T otherwise) {
        Runnable end = () -> future.complete(otherwise);
        ends.add(end);
        future.whenComplete((value, failure) -> ends.remove(end));
        try {
            Future<?> alarm = executor.schedule(end, millis, TimeUnit.MILLISECONDS);
            future.whenComplete((value, failure) -> alarm.cancel(false));
        } catch (RejectedExecutionException e) {
            LOG.trace("A question came after the end", e);
            end.run();
        }
    }

    /** What the client has to do; after the end, on its own thread, so that its cleaning up is not lost. */
    private void serve(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private synchronized Optional<HttpClient> client() {
        if (client == null && !stopped) {
            client = HttpClient.newBuilder()
                    .executor(this::serve)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofMillis(GET_MILLIS))
                    .build();
        }
        return Optional.ofNullable(client);
    }

    @Ambient(reason = "the client can only be closed by waiting for it, which a stopping bundle must not")
    private static void closeAside(AutoCloseable closeable) {
        Thread thread = new Thread(
                () -> {
                    try {
                        closeable.close();
                    } catch (Exception e) {
                        LOG.debug("The HTTP client did not close", e);
                    }
                },
                "oriel-discovery-end");
        thread.setDaemon(true);
        thread.start();
    }

    private static Optional<String> credentials(URI server) {
        return Optional.ofNullable(server.getRawUserInfo())
                .map(raw -> URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8))
                .map(login -> Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static String why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException) {
            return SILENT;
        }
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException ? "no such host" : "connection refused";
        }
        if (cause instanceof SSLException) {
            return "no TLS connection that can be trusted";
        }
        return "no answer in HTTP";
    }

    /** One question with its redirects. */
    private final class Exchange {

        private final URI origin;
        private final Optional<String> credentials;
        private final String path;
        private final CompletableFuture<Look> outcome;
        private volatile CompletableFuture<?> running = CompletableFuture.completedFuture("");

        Exchange(URI origin, Optional<String> credentials, String path, CompletableFuture<Look> outcome) {
            this.origin = origin;
            this.credentials = credentials;
            this.path = path;
            this.outcome = outcome;
        }

        void cancel() {
            running.cancel(true);
        }

        void send(URI target, int redirects) {
            Optional<HttpClient> http = client();
            if (http.isEmpty()) {
                outcome.complete(new Look.Nothing(path, "discovery has stopped"));
                return;
            }
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(target)
                        .timeout(Duration.ofMillis(GET_MILLIS))
                        .header("Accept", "*/*");
                if (Look.sameOrigin(origin, target)) {
                    credentials.ifPresent(login -> request.header("Authorization", "Basic " + login));
                }
                BodyHandler<byte[]> body = info -> new BoundedBody(MAX_BODY_BYTES);
                CompletableFuture<HttpResponse<byte[]>> answer = http.get().sendAsync(request.build(), body);
                running = answer;
                answer.whenComplete((response, failure) -> {
                    if (failure != null) {
                        outcome.complete(new Look.Nothing(path, why(failure)));
                    } else {
                        take(target, response, redirects);
                    }
                });
            } catch (IllegalArgumentException | RejectedExecutionException e) {
                LOG.debug("A request could not be made", e);
                outcome.complete(new Look.Nothing(path, "no request can be made of this address"));
            }
        }

        private void take(URI target, HttpResponse<byte[]> response, int redirects) {
            Optional<String> location = response.headers().firstValue("Location");
            boolean redirected = response.statusCode() >= 300 && response.statusCode() < 400 && location.isPresent();
            if (!redirected) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                outcome.complete(
                        new Look.Answer(path, response.statusCode(), Look.mediaType(type), response.body(), redirects));
            } else if (redirects >= MAX_REDIRECTS) {
                outcome.complete(new Look.Nothing(path, "more than " + MAX_REDIRECTS + " redirects"));
            } else {
                follow(target, location.get(), redirects);
            }
        }

        private void follow(URI from, String location, int redirects) {
            try {
                URI next = from.resolve(location);
                if (next.getHost() == null || !String.valueOf(next.getScheme()).matches("(?i)https?")) {
                    outcome.complete(new Look.Nothing(path, "a redirect that leads nowhere"));
                } else {
                    send(next, redirects + 1);
                }
            } catch (IllegalArgumentException e) {
                LOG.trace("A redirect could not be read", e);
                outcome.complete(new Look.Nothing(path, "a redirect that leads nowhere"));
            }
        }
    }
}
