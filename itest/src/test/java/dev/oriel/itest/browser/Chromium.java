package dev.oriel.itest.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.oriel.testkit.camera.Cable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The machine's Chromium, headless, for the tests of one class.
 *
 * <p>It and its viewers belong to the thread that started it. It ends with {@link #close} and with the test's process.
 */
public final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("oriel.chromium", "/usr/bin/chromium"));
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if it is not installed
     */
    public static Chromium start() {
        return start(PROGRAM);
    }

    /** Starts it at the far end of a cable. */
    public static Chromium start(Cable cable) throws IOException {
        Path script = Files.createTempFile("oriel-chromium", ".sh");
        script.toFile().deleteOnExit();
        Files.writeString(
                script, "#!/bin/sh\nexec " + String.join(" ", cable.within(List.of(PROGRAM.toString()))) + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return start(script);
    }

    private static Chromium start(Path program) {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("There is no Chromium at " + PROGRAM
                    + "; install it (Debian: apt-get install chromium) or name it with -Doriel.chromium=PATH.");
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program)
                            .setHeadless(true)
                            .setArgs(ARGUMENTS));
            return new Chromium(playwright, browser);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** Its version, such as 156.0.8078.79. */
    public String version() {
        return browser.version();
    }

    /** Opens a page as somebody who has never been there before. */
    public BrowserViewer open(URI page) {
        return open(page, BrowserViewer.PATIENCE);
    }

    /** The same, as somebody who waits so long for anything. */
    public BrowserViewer open(URI page, Duration patience) {
        return BrowserViewer.open(browser, page, patience);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
