package dev.oriel.testkit.viewer.light;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.time.Ambient;
import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.testkit.viewer.OfferAnswerer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any number of viewers: one thread that reads their sockets, and a few that join. Safe for use by several threads; closing it
 * ends the viewers and the threads.
 *
 * <p>The sockets are looked at each millisecond instead of being waited for: a server's sending then never pays for waking a reader
 * on another core, which it would not either if the viewers were on other machines. So a time of arrival may be up to a
 * millisecond late, and later by what the packets before it took to be read.
 */
@Ambient(reason = "the one place of the viewers with threads, time and randomness")
public final class LightViewers implements AutoCloseable {

    private static final int JOINING = 16;
    private static final int WAITING = 65_536;
    private static final int RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
    private static final int MAX_DATAGRAM_BYTES = 2048;
    /** So many ready sockets mean that there may be more of them. */
    private static final int MANY = 256;

    private static final int READS_IN_A_ROW = 256;
    private static final long PERIOD_NANOS = 1_000_000L;
    private static final long TIMERS_NANOS = 5_000_000L;
    private static final long STOP_MILLIS = 5_000;

    private final InetAddress local;
    private final Ticker ticker = Ticker.system();
    private final SecureRandom random = new SecureRandom();
    private final ViewerIdentity identity = ViewerIdentity.create(random, System.currentTimeMillis());
    private final Selector selector;
    private final Thread thread;
    private final ThreadPoolExecutor joining;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<LightViewer> viewers = new LinkedHashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[][] scratch = VideoMeter.scratch();
    private long timersNanos;
    private volatile boolean closed;

    /**
     * No viewers yet.
     *
     * @param local the address they are at, which the server must be able to reach
     */
    public LightViewers(InetAddress local) throws IOException {
        this.local = local;
        selector = Selector.open();
        AtomicInteger count = new AtomicInteger();
        joining = new ThreadPoolExecutor(
                JOINING, JOINING, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread made = new Thread(task, "light-join-" + count.incrementAndGet());
                    made.setDaemon(true);
                    return made;
                });
        joining.allowCoreThreadTimeOut(true);
        thread = new Thread(this::run, "light-viewers");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has one more viewer join; up to {@value #JOINING} do at once, others wait for their turn.
     *
     * @param watch called on the viewers' thread
     * @param patience for all of the joining, from the moment before the offer goes out
     * @return it, once it has got as far as it goes: with {@link Reach#WATCHING}, to its first whole keyframe. Fails with an
     *     {@link IOException}, the server's refusal among them; then it has left without a word
     */
    public CompletableFuture<LightViewer> join(OfferAnswerer server, Reach reach, VideoWatch watch, Duration patience) {
        CompletableFuture<LightViewer> joined = new CompletableFuture<>();
        joining.execute(() -> {
            try {
                LightViewer viewer = open(watch);
                try {
                    join(viewer, server, reach, patience, joined);
                } catch (IOException | RuntimeException | InterruptedException e) {
                    joined.completeExceptionally(e);
                    vanish(viewer);
                }
            } catch (IOException e) {
                joined.completeExceptionally(e);
            }
        });
        return joined;
    }

    /** Has a viewer leave as a browser's page does that is closed in order. */
    public CompletableFuture<Void> leave(LightViewer viewer) {
        return ask(() -> {
            viewer.sayGoodbye();
            return remove(viewer);
        });
    }

    /** Has a viewer leave as a browser does whose machine is switched off. */
    public CompletableFuture<Void> vanish(LightViewer viewer) {
        return ask(() -> remove(viewer));
    }

    /** What a viewer has got. */
    public CompletableFuture<Counts> counts(LightViewer viewer) {
        return ask(viewer::counts);
    }

    /** Has something done on the viewers' thread, between packets. */
    public <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        joining.shutdownNow();
        try {
            thread.join(STOP_MILLIS);
            joining.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LightViewer open(VideoWatch watch) throws IOException {
        byte[] transaction = new byte[12];
        random.nextBytes(transaction);
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(local, 0));
            return new LightViewer(
                    channel, IceCredentials.random(random), Bytes.copyOf(transaction), new VideoMeter(watch, scratch));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void join(
            LightViewer viewer,
            OfferAnswerer server,
            Reach reach,
            Duration patience,
            CompletableFuture<LightViewer> joined)
            throws IOException, InterruptedException {
        String offer = viewer.offer(identity.fingerprint());
        long until = ticker.nanos() + patience.toNanos();
        viewer.began(ticker.nanos());
        String answer = server.answer(offer);
        viewer.answered(ticker.nanos());
        RemoteEnd remote = RemoteEnd.parse(answer);
        if (reach == Reach.ANSWERED) {
            joined.complete(viewer);
            return;
        }
        await(
                ask(() -> {
                    add(viewer);
                    viewer.begin(remote, ticker.nanos(), until);
                    return viewer;
                }),
                until);
        await(viewer.connected(), until);
        if (reach == Reach.CONNECTED) {
            viewer.pictured().cancel(false);
            joined.complete(viewer);
            return;
        }
        int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - ticker.nanos()));
        Handshake.Done done = remote.passive()
                ? Handshake.client(identity, viewer.pipe(), millis)
                : Handshake.server(identity, viewer.pipe(), millis);
        ask(() -> {
            viewer.secured(done, ticker.nanos());
            return viewer;
        });
        viewer.pictured().whenComplete((seen, failure) -> {
            if (failure == null) {
                joined.complete(seen);
            } else if (joined.completeExceptionally(failure)) {
                vanish(viewer);
            }
        });
    }

    private void await(CompletableFuture<LightViewer> step, long untilNanos) throws IOException, InterruptedException {
        try {
            step.get(untilNanos - ticker.nanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException("The viewer did not get as far: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("No check was answered in time", e);
        }
    }

    private void add(LightViewer viewer) {
        try {
            viewer.channel().register(selector, SelectionKey.OP_READ, viewer);
            viewers.add(viewer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Void remove(LightViewer viewer) {
        viewers.remove(viewer);
        viewer.end();
        return null;
    }

    private void run() {
        try {
            while (!closed) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                while (selector.selectNow(this::read) >= MANY) {
                    // Once more.
                }
                long now = ticker.nanos();
                if (now - timersNanos >= TIMERS_NANOS) {
                    timersNanos = now;
                    viewers.forEach(v -> v.wake(now));
                }
                LockSupport.parkNanos(PERIOD_NANOS);
            }
            viewers.forEach(LightViewer::end);
            viewers.clear();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The viewers cannot be read any more", e);
        }
    }

    private void read(SelectionKey key) {
        LightViewer viewer = (LightViewer) key.attachment();
        try {
            for (int i = 0; i < READS_IN_A_ROW; i++) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) viewer.channel().receive(buffer);
                if (from == null) {
                    return;
                }
                viewer.datagram(from, buffer, buffer.position(), ticker.nanos());
            }
        } catch (IOException e) {
            viewer.fail("The socket fails: " + e.getMessage());
        }
    }
}
