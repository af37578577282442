package dev.oriel.runtime;

import dev.oriel.api.time.Ambient;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the process is told to end: the framework stops, its folder goes, and the exit code says whether all was
 * well. Without it the JVM would answer a signal with 128 and the signal's number.
 */
final class ExitHook {

    private static final long STOP_TIMEOUT_MILLIS = 2_500;

    private static final Logger LOG = LoggerFactory.getLogger(ExitHook.class);

    private final OsgiRuntime runtime;
    private final Storage storage;
    private volatile int exitCode;

    private ExitHook(OsgiRuntime runtime, Storage storage) {
        this.runtime = runtime;
        this.storage = storage;
    }

    /** Lets the process end well from now on. */
    @Ambient(reason = "a shutdown hook is a thread")
    static ExitHook install(OsgiRuntime runtime, Storage storage) {
        ExitHook hook = new ExitHook(runtime, storage);
        Runtime.getRuntime().addShutdownHook(new Thread(hook::end, "oriel-exit"));
        return hook;
    }

    /** The exit code from now on, when something else than a signal ends the process. */
    void exitWith(int code) {
        exitCode = code;
    }

    private void end() {
        try {
            runtime.stop(STOP_TIMEOUT_MILLIS);
            storage.delete();
        } catch (IOException e) {
            LOG.warn("The folder {} stays behind: {}", storage.folder(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.warn("The folder {} stays behind", storage.folder());
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
