package dev.oriel.itest.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Somebody who looks at a page with live pictures: elements {@code video[data-stream=NAME]} that play what a peer
 * connection brings.
 *
 * <p>What is awaited and does not come in time is an {@link AssertionError} that says what the page
 * showed instead. To be used by the thread that started the browser, and closed.
 */
public final class BrowserViewer implements AutoCloseable {

    /** For how long anything is awaited where nothing else was said. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final double PAUSE_MILLIS = 50;
    private static final String PROBE = resource("probe.js");
    private static final Path SCREENSHOTS =
            Path.of(System.getProperty("oriel.parts")).resolveSibling("screenshots");

    private final Duration patience;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** How large a picture is, in pixels. */
    public record Size(int width, int height) {}

    private BrowserViewer(BrowserContext context, Duration patience) {
        this.patience = patience;
        this.context = context;
        context.addInitScript(PROBE);
        this.page = context.newPage();
        page.setDefaultTimeout(patience.toMillis());
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(error -> complaints.add("thrown: " + error));
    }

    static BrowserViewer open(Browser browser, URI address, Duration patience) {
        BrowserViewer viewer = new BrowserViewer(
                browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800)), patience);
        try {
            Response response = viewer.page.navigate(address.toString());
            if (response != null && !response.ok()) {
                throw new AssertionError(address + " answers " + response.status() + " " + response.statusText());
            }
            return viewer;
        } catch (RuntimeException | Error e) {
            viewer.close();
            throw e;
        }
    }

    /** Waits for a camera's picture. */
    public Size awaitPicture(String stream) {
        await("a picture of " + stream, stream, () -> number("width", stream) > 0 && number("frames", stream) > 0);
        return new Size((int) number("width", stream), (int) number("height", stream));
    }

    /** From the beginning of the navigation to the first frame that was put on the screen; waits for it. */
    public Duration firstPicture(String stream) {
        await("the first picture of " + stream, stream, () -> number("firstPicture", stream) >= 0);
        return Duration.ofMillis(Math.round(number("firstPicture", stream)));
    }

    /** What the browser counts about the video it gets (the W3C's inbound-rtp statistics), by name. */
    public Map<String, Double> videoStatistics(String stream) {
        return statistics("videoStatistics", stream);
    }

    /** The same about the sound. */
    public Map<String, Double> soundStatistics(String stream) {
        return statistics("soundStatistics", stream);
    }

    private Map<String, Double> statistics(String question, String stream) {
        Map<String, Double> statistics = new TreeMap<>();
        ((Map<?, ?>) ask(question, stream))
                .forEach((name, value) -> statistics.put(name.toString(), ((Number) value).doubleValue()));
        return statistics;
    }

    /** How many frames were shown so far. */
    public long frames(String stream) {
        return (long) number("frames", stream);
    }

    /** Waits until so many more frames were shown. */
    public void awaitFrames(String stream, int more) {
        long before = frames(stream);
        await(more + " more frames of " + stream, stream, () -> frames(stream) >= before + more);
    }

    /** Waits until the picture has looked different so many times; coarsely, so that noise is no difference. */
    public void awaitChanges(String stream, int different) {
        Set<String> seen = new HashSet<>();
        await(different + " different pictures of " + stream, stream, () -> {
            seen.add(text("look", stream));
            return seen.size() > different;
        });
    }

    /** How many shades of grey the picture has, of 16 that are told apart; 1 is a plane without anything on it. */
    public int shades(String stream) {
        return (int) text("look", stream).chars().distinct().count();
    }

    /** How many packets of sound have arrived so far. */
    public long soundPackets(String stream) {
        return (long) number("soundPackets", stream);
    }

    /** Waits until so many more packets of sound have arrived. */
    public void awaitSound(String stream, int more) {
        long before = soundPackets(stream);
        await(more + " more packets of sound from " + stream, stream, () -> soundPackets(stream) >= before + more);
    }

    /** Turns the sound on and waits until something is heard: packets may also hold silence. */
    public void awaitAudible(String stream) {
        await("something to hear from " + stream, stream, () -> number("soundEnergy", stream) > 0);
    }

    /** Everything the page knows of a camera, as text for people. */
    public String describe(String stream) {
        return text("describe", stream) + (complaints.isEmpty() ? "" : "\n" + String.join("\n", complaints));
    }

    /** Errors and warnings of the browser about the page, and what its scripts have thrown. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /**
     * Keeps what is seen now: the page as {@code target/screenshots/NAME.png}, and what it knows of a camera beside it
     * in {@code NAME.json}.
     */
    public Path screenshot(String name, String stream) {
        Path file = SCREENSHOTS.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        try {
            Files.writeString(SCREENSHOTS.resolve(name + ".json"), describe(stream) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Goes away from the page, as a person does who closes it: the page is told. */
    public void leave() {
        page.navigate("about:blank");
    }

    /** Vanishes: the page is not told. */
    @Override
    public void close() {
        context.close();
    }

    /** Lets the page live on for a while. */
    void pause(Duration duration) {
        page.waitForTimeout(duration.toMillis());
    }

    /** Waits until something is so, while the page lives on. */
    void await(String what, String stream, Supplier<Boolean> there) {
        long end = System.nanoTime() + patience.toNanos();
        while (!there.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("After " + patience.toSeconds() + " s of waiting for " + what + " at "
                        + page.url() + ": " + describe(stream));
            }
            page.waitForTimeout(PAUSE_MILLIS);
        }
    }

    private double number(String question, String stream) {
        return ((Number) ask(question, stream)).doubleValue();
    }

    private String text(String question, String stream) {
        return ask(question, stream).toString();
    }

    private Object ask(String question, String stream) {
        return page.evaluate(
                "({ question, stream }) => window.viewerProbe[question](stream)",
                Map.of("question", question, "stream", stream));
    }

    private static String resource(String name) {
        try (var in = BrowserViewer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("There is no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
