package dev.oriel.benchmarks.machine;

import dev.oriel.api.time.Ambient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** What the benchmark takes from its surroundings. */
@Ambient(
        reason =
                "the one place of the benchmark that does; it waits by sleeping, because what it waits for is time to pass")
public final class Machine {

    private Machine() {}

    /** The clock that stamps are in. */
    public static long nanos() {
        return System.nanoTime();
    }

    public static long unixMillis() {
        return System.currentTimeMillis();
    }

    /** A thread that keeps no process alive. */
    public static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Has something done when this process is ended from outside, too. */
    public static void atExit(Runnable task) {
        Runtime.getRuntime().addShutdownHook(new Thread(task, "bench-exit"));
    }

    /** Lets time pass. */
    public static void pause(long millis) throws InterruptedException {
        Thread.sleep(Math.max(0, millis));
    }

    /** A variable of the environment. */
    public static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
    }

    /** A property of this Java machine. */
    public static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(v -> !v.isBlank());
    }

    /** Where the report goes. */
    public static PrintStream out() {
        return System.out;
    }

    /** A port that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
