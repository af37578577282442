package dev.oriel.runtime;

import dev.oriel.api.time.Ambient;
import dev.oriel.api.time.Ticker;
import dev.oriel.runtime.Arguments.Help;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.framework.BundleException;

/**
 * The command {@code run}: shows cameras on a page until it is interrupted.
 *
 * <p>Standard output gets one line, the page's address, when the page answers; all else goes to standard error. The exit
 * code is 0 after an interrupt, 1 if the page cannot be brought up, 2 if the command line cannot be followed.
 */
public final class Main {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final long READY_TIMEOUT_MILLIS = 30_000;

    private Main() {}

    /** Runs until it is interrupted. */
    @Ambient(reason = "the command's own streams and exit code")
    public static void main(String[] words) {
        int code = run(List.of(words), System.out, System.err);
        System.exit(code);
    }

    private static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.help() == Help.WANTED) {
                out.print(Arguments.USAGE);
                return OK;
            }
            Optional<ImportedServer> imported = Optional.empty();
            if (arguments.imported().isPresent()) {
                imported = Optional.of(
                        ImportedServer.parse(text(arguments.imported().get())));
                imported.get().notes().forEach(err::println);
            }
            Map<String, Map<String, Object>> folder = arguments.configuration().isPresent()
                    ? ConfigurationFolder.read(arguments.configuration().get())
                    : Map.of();
            return serve(Settings.of(arguments, imported, folder), arguments.configuration(), out, err);
        } catch (UsageException e) {
            err.println(e.getMessage());
            return MISUSED;
        }
    }

    private static int serve(Settings settings, Optional<Path> configuration, PrintStream out, PrintStream err) {
        if (!PageCheck.isFree(settings.port())) {
            err.println("Port " + settings.port() + " is taken by another program; --port N chooses another, 0 any free"
                    + " one.");
            return FAILED;
        }
        try {
            Path home = home();
            Storage storage = Storage.in(configuration);
            OsgiRuntime runtime = OsgiRuntime.create(
                    storage.folder(), settings.configurations().getOrDefault(Settings.HTTP_PID, Map.of()));
            ExitHook hook = ExitHook.install(runtime, storage);
            int code = FAILED;
            try {
                code = serve(runtime, home, settings, out, err);
            } finally {
                hook.exitWith(code);
            }
            return code;
        } catch (IOException | BundleException e) {
            err.println("Oriel cannot start. " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            return FAILED;
        }
    }

    private static int serve(OsgiRuntime runtime, Path home, Settings settings, PrintStream out, PrintStream err)
            throws IOException, BundleException, InterruptedException {
        runtime.start(home.resolve("bundles"), BundleList.read(), settings.configurations());
        OptionalInt port = PageCheck.await(runtime::httpPort, Ticker.system(), READY_TIMEOUT_MILLIS);
        if (port.isEmpty()) {
            err.println("The page does not answer; what went wrong is said above.");
            return FAILED;
        }
        out.println("Oriel is at http://localhost:" + port.getAsInt() + "/");
        runtime.awaitStop();
        return OK;
    }

    private static String text(Path file) throws UsageException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException("The file " + file + " cannot be read.");
        }
    }

    /** The distribution's folder: where this class's jar lies. */
    private static Path home() throws IOException {
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = jar.getParent();
            if (folder == null) {
                throw new IOException("The distribution has no folder.");
            }
            return folder;
        } catch (URISyntaxException e) {
            throw new IOException("The distribution's folder has no name.", e);
        }
    }
}
