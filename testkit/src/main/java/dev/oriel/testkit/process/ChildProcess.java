package dev.oriel.testkit.process;

import dev.oriel.api.time.Ambient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A process and what it prints, both outputs together, the last 500 lines of it. Thread-safe. */
public final class ChildProcess implements AutoCloseable {

    private static final int MAX_LINES = 500;
    private static final Duration ANSWERED = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Thread reader;
    private final Deque<String> lines = new ArrayDeque<>();
    private boolean ended;
    private int commands;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = reader();
        reader.start();
    }

    /**
     * Starts a program.
     *
     * @throws IOException when there is no such program
     */
    public static ChildProcess start(String name, List<String> command) throws IOException {
        return new ChildProcess(
                name, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /**
     * A command line that ends when its input does, for a program that reads none: the shell ends with its input, and the kernel
     * ends the program with the shell, however that ends.
     *
     * @param privileges options of {@code setpriv}; here, since a later change of the user would make the kernel forget
     */
    public static List<String> endingWithInput(List<String> privileges, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("sh", "-c", "\"$@\" & cat > /dev/null", "sh"));
        whole.add("setpriv");
        whole.addAll(privileges);
        whole.addAll(List.of("--pdeathsig", "KILL"));
        whole.addAll(command);
        return whole;
    }

    /** Whether this process, and so its children, may do everything. */
    public static boolean runsAsRoot() {
        return ProcessHandle.current().info().user().filter("root"::equals).isPresent();
    }

    /** A program that came with the Java we run on, or its bare name where that cannot be told. */
    public static String ofThisJdk(String program) {
        return ProcessHandle.current()
                .info()
                .command()
                .map(java -> Path.of(java).resolveSibling(program).toString())
                .orElse(program);
    }

    /**
     * Waits for a line that begins with a word.
     *
     * @return the rest of that line, without blanks around it
     * @throws IOException when the process ended or the time is over first; says what it printed
     */
    public String awaitLine(String word, Duration timeout) throws IOException, InterruptedException {
        return await(
                word,
                line -> line.startsWith(word)
                        ? Optional.of(line.substring(word.length()).strip())
                        : Optional.empty(),
                timeout);
    }

    /**
     * Waits for a line that means something; of several that are kept, the first counts.
     *
     * @param what what is waited for, for the message of a failure
     * @throws IOException as {@link #awaitLine} does
     */
    @Ambient(reason = "waits for at most a given time")
    public <T> T await(String what, Function<String, Optional<T>> meaning, Duration timeout)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (lines) {
            while (true) {
                for (String line : lines) {
                    Optional<T> found = meaning.apply(line);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || leftMillis <= 0) {
                    throw new IOException(name + (ended ? " ended" : " took more than " + timeout) + " before it said "
                            + what + ". It said:\n" + String.join("\n", lines));
                }
                lines.wait(leftMillis);
            }
        }
    }

    /** The rest of the last line that begins with a word, without blanks around it; empty while there is none. */
    public Optional<String> lastLine(String word) {
        synchronized (lines) {
            Iterator<String> backwards = lines.descendingIterator();
            while (backwards.hasNext()) {
                String line = backwards.next();
                if (line.startsWith(word)) {
                    return Optional.of(line.substring(word.length()).strip());
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Waits until something listens there.
     *
     * @throws IOException when the process ended or the time is over first; says what it printed
     */
    @Ambient(reason = "waits for at most a given time")
    public void awaitPort(String host, int port, Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            try (Socket socket = new Socket(host, port)) {
                return;
            } catch (IOException e) {
                if (awaitEnd(Duration.ofMillis(100)) || System.nanoTime() - end > 0) {
                    throw new IOException(name + " does not listen. It said:\n" + output(), e);
                }
            }
        }
    }

    /** What is kept of what it printed. */
    public String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /**
     * Tells one of our scripts a command, and waits until it has printed that it is done: {@code DONE}, the number of the command
     * from 1 on, and a point. What it reads ends at the latest when this Java machine does.
     *
     * @throws IOException as {@link #awaitLine} does
     */
    public synchronized void say(String line) throws IOException, InterruptedException {
        commands++;
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        awaitLine("DONE " + commands + ".", ANSWERED);
    }

    /** Sends it a signal such as {@code STOP}. */
    public void signal(String name) throws IOException, InterruptedException {
        // The shell's own, since the program of that name is in a package that need not be there.
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start();
        if (!kill.waitFor(ANSWERED.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException(this.name + " cannot be sent " + name);
        }
    }

    /** Whether it ended in time. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " does not end", e);
        }
    }

    @Ambient(reason = "one thread per child reads what it prints, and ends with it")
    private Thread reader() {
        Thread thread = new Thread(this::read, "oriel-testkit-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            keep("(its output broke off: " + e.getMessage() + ")");
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }

    private void keep(String line) {
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > MAX_LINES) {
                lines.removeFirst();
            }
            lines.notifyAll();
        }
    }
}
