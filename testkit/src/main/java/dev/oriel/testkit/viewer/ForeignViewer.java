package dev.oriel.testkit.viewer;

import dev.oriel.api.time.Ambient;
import dev.oriel.testkit.process.ChildProcess;
import dev.oriel.testkit.process.PythonScript;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One viewer of a WHEP address in a process of its own, of any make, wherever it stands: it offers picture and sound,
 * decodes both and counts them.
 *
 * <p>Its process ends with {@link #close} and with this Java machine, however that ends. Thread-safe.
 */
public final class ForeignViewer implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final String offer;
    private final Optional<String> answer;

    /** Who made a viewer. */
    public enum Make {
        /** aiortc, in Python; decodes with FFmpeg. */
        AIORTC,
        /** GStreamer's webrtcbin, whose ICE is libnice; asks for Opus. */
        WEBRTCBIN_OPUS,
        /** The same, but asks for G.711 A-law: it offers one format only. */
        WEBRTCBIN_PCMA,
        /** libwebrtc, as in Chromium. */
        LIBWEBRTC
    }

    /**
     * How a viewer reaches its server.
     *
     * @param candidates {@code all}, or {@code relay} for those of a TURN server only
     * @param servers STUN and TURN servers, as {@code stun:host:port} or {@code turn:user:password@host:port?transport=udp}
     * @param within the words before its command line that put it into a network; none for this machine's own
     */
    public record Way(String candidates, List<String> servers, List<String> within) {

        /** In this machine's network, without any server. */
        public static final Way PLAIN = new Way("all", List.of(), List.of());

        public Way {
            servers = List.copyOf(servers);
            within = List.copyOf(within);
        }

        /** The same in another network. */
        public Way within(List<String> words) {
            return new Way(candidates, servers, words);
        }

        /** The same with other servers. */
        public Way with(String... others) {
            return new Way(candidates, List.of(others), within);
        }

        /** The same by nothing but relays. */
        public Way byRelay() {
            return new Way("relay", servers, within);
        }
    }

    private ForeignViewer(ChildProcess process, String offer, Optional<String> answer) {
        this.process = process;
        this.offer = offer;
        this.answer = answer;
    }

    /**
     * Starts one and waits until its offer was answered.
     *
     * @throws IOException when what it is made of is missing, or the offer was refused; says what was printed
     */
    public static ForeignViewer open(Make make, URI whep, Way way) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(way.within());
        command.addAll(command(make, whep, way));
        ChildProcess process = ChildProcess.start(make.name(), command);
        try {
            String offer = decoded(process.awaitLine("OFFER ", STARTED));
            return new ForeignViewer(process, offer, Optional.of(decoded(process.awaitLine("ANSWER ", STARTED))));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** The offer it sent. */
    public String offer() {
        return offer;
    }

    /** The answer it got. */
    public String answer() {
        return answer.orElse("");
    }

    /** What it last said of its connection: {@code CONNECTING}, {@code CONNECTED}, {@code FAILED} and so on; empty before that. */
    public String state() {
        return process.lastLine("STATE ").orElse("");
    }

    /** Pictures decoded so far. */
    public long pictures() {
        return process.lastLine("COUNTED ")
                .map(Counted::of)
                .orElse(Counted.NOTHING)
                .pictures();
    }

    /**
     * Waits until that many pictures more are decoded than now.
     *
     * @throws AssertionError when they did not come in time; says all it printed
     */
    public void awaitPictures(long more, Duration timeout) throws InterruptedException {
        long wanted = pictures() + more;
        await(more + " more pictures", counted -> counted.pictures() >= wanted, timeout);
    }

    /**
     * Waits until that much sound is decoded in all, silence included.
     *
     * @throws AssertionError when it did not come in time; says all it printed
     */
    public void awaitSound(Duration sound, Duration timeout) throws InterruptedException {
        await(sound + " of sound", counted -> counted.soundMillis() >= sound.toMillis(), timeout);
    }

    /**
     * Waits until it says that of its connection.
     *
     * @throws AssertionError when it did not in time; says all it printed
     */
    public void awaitState(String wanted, Duration timeout) throws InterruptedException {
        try {
            process.awaitLine("STATE " + wanted, timeout);
        } catch (IOException e) {
            throw new AssertionError("It is not " + wanted + ": " + e.getMessage(), e);
        }
    }

    /** What it printed. */
    public String output() {
        return process.output();
    }

    /** Kills it: it takes no leave. */
    @Override
    public void close() {
        process.close();
    }

    private interface Enough {
        boolean is(Counted counted);
    }

    private void await(String what, Enough enough, Duration timeout) throws InterruptedException {
        try {
            process.await(
                    what,
                    line -> Optional.of(line)
                            .filter(text -> text.startsWith("COUNTED "))
                            .map(text -> Counted.of(text.substring("COUNTED ".length())))
                            .filter(enough::is),
                    timeout);
        } catch (IOException e) {
            throw new AssertionError(e.getMessage() + "\nThe offer was\n" + offer + "\nthe answer\n" + answer(), e);
        }
    }

    private record Counted(long pictures, long soundMillis) {

        static final Counted NOTHING = new Counted(0, 0);

        static Counted of(String words) {
            String[] both = words.split(" ");
            return new Counted(Long.parseLong(both[0]), Long.parseLong(both[1]));
        }
    }

    private static List<String> command(Make make, URI whep, Way way) throws IOException {
        List<String> options = new ArrayList<>(List.of(whep.toString(), way.candidates()));
        switch (make) {
            case WEBRTCBIN_OPUS -> options.add("opus");
            case WEBRTCBIN_PCMA -> options.add("pcma");
            default -> {
                // The others offer all they know.
            }
        }
        options.addAll(way.servers());
        return switch (make) {
            case AIORTC -> PythonScript.command(pythonWithAiortc(), ForeignViewer.class, "aiortc_viewer.py", options);
            case WEBRTCBIN_OPUS, WEBRTCBIN_PCMA ->
                PythonScript.command(ForeignViewer.class, "webrtcbin_viewer.py", options);
            case LIBWEBRTC -> java(options);
        };
    }

    @Ambient(reason = "asks with which classes this Java machine runs, for another one")
    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.ofThisJdk("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ViewerProgram.class.getName()));
        command.addAll(options);
        return command;
    }

    @Ambient(reason = "asks where the build has put what comes from PyPI")
    private static String pythonWithAiortc() throws IOException {
        String python = System.getProperty("oriel.python", "target/python/bin/python3");
        if (!Files.isExecutable(Path.of(python))) {
            throw new IOException("There is no aiortc at " + python + "; ./verify installs it.");
        }
        return python;
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
