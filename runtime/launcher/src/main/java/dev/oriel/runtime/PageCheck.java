package dev.oriel.runtime;

import dev.oriel.api.time.Ambient;
import dev.oriel.api.time.Ticker;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks at the page from outside, as a browser would. */
final class PageCheck {

    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    private PageCheck() {}

    /** Tells whether a server could listen on the port now; 0 always can. */
    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits until the page answers. Servlets are registered behind the framework's back, so the first answer may be 404.
     *
     * @param port asked each time, absent while no server listens
     * @return the port at which the page answered, absent if it did not in time
     */
    @Ambient(
            reason =
                    "nothing tells when a servlet registered by a whiteboard can be reached; so it is asked, with a pause")
    static OptionalInt await(Supplier<OptionalInt> port, Ticker ticker, long timeoutMillis) {
        long deadlineNanos = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (ticker.nanos() - deadlineNanos < 0 && !Thread.currentThread().isInterrupted()) {
            OptionalInt current = port.get();
            if (current.isPresent() && answers(current.getAsInt())) {
                return current;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return OptionalInt.empty();
    }

    private static boolean answers(int port) {
        try {
            URL page = new URL("http", InetAddress.getLoopbackAddress().getHostAddress(), port, "/");
            HttpURLConnection connection = (HttpURLConnection) page.openConnection();
            connection.setConnectTimeout(REQUEST_TIMEOUT_MILLIS);
            connection.setReadTimeout(REQUEST_TIMEOUT_MILLIS);
            connection.setRequestProperty("Connection", "close");
            int status = connection.getResponseCode();
            connection.disconnect();
            return status < 400;
        } catch (IOException e) {
            return false;
        }
    }
}
