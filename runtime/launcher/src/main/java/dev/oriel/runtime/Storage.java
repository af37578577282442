package dev.oriel.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder the framework keeps its own files in while it runs.
 *
 * @param folder an existing folder that holds nothing else
 */
record Storage(Path folder) {

    /** {@code cache} in the configuration folder, or a new temporary folder where there is none. */
    static Storage in(Optional<Path> configuration) throws IOException {
        return new Storage(
                configuration.isPresent()
                        ? Files.createDirectories(
                                configuration.get().resolve("cache").toAbsolutePath())
                        : Files.createTempDirectory("oriel-"));
    }

    /** Deletes the folder; nothing in it outlives a run. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
