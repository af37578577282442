package dev.oriel.benchmarks.server;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A server that can be started.
 *
 * @param name in reports
 * @param command with arguments; {@code {work}} stands for its folder
 * @param environment what is set besides what there is; {@code {work}} as in the command
 * @param files its configuration: names in its folder, and texts
 * @param ready a page that is there when the server is
 * @param whep where offers go to; {@code {name}} stands for the stream
 */
public record Server(
        String name,
        List<String> command,
        Map<String, String> environment,
        Map<String, String> files,
        URI ready,
        String whep) {

    public Server {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
    }

    /** Where offers for a stream go to. */
    public URI endpoint(String stream) {
        return URI.create(whep.replace("{name}", stream));
    }
}
