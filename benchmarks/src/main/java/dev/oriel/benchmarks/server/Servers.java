package dev.oriel.benchmarks.server;

import dev.oriel.benchmarks.machine.Machine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How each server is started, by its name: {@code oriel}, {@code oriel-nio} without the system's own sockets, {@code oriel-jdk25}
 * and the like on another Java, {@code oriel-jfr} with a flight recording that goes into its folder, {@code mediamtx}, {@code go2rtc}. All of them open a camera when the first viewer asks for it, over
 * TCP, and use UDP on any address for viewers.
 *
 * @param project the folder with {@code run}
 * @param search folders in which programs are looked for, in order
 * @param javas folders in which other Javas are
 */
public record Servers(Path project, List<Path> search, Path javas) {

    private static final String JDK = "oriel-jdk";
    private static final int MOST_VIEWERS = 5000;

    /** Those of this machine: programs on the PATH. */
    public static Servers ofMachine(Path project) {
        List<Path> path = java.util.Arrays.stream(
                        Machine.environment("PATH").orElse("").split(":"))
                .filter(p -> !p.isBlank())
                .map(Path::of)
                .toList();
        return new Servers(project, path, Path.of("/usr/lib/jvm"));
    }

    /**
     * A server by its name, on ports that are free now.
     *
     * @throws ServerMissing if its program is not on this machine
     * @throws IllegalArgumentException for a name that is not known
     */
    public Server find(String name, List<Stream> streams) throws ServerMissing, IOException {
        int http = Machine.freePort();
        int media = Machine.freePort();
        if (name.equals("oriel")) {
            return oriel(name, Map.of(), streams, http, media);
        }
        if (name.equals("oriel-nio")) {
            return oriel(name, Map.of("JDK_JAVA_OPTIONS", "-Dio.netty.transport.noNative=true"), streams, http, media);
        }
        if (name.equals("oriel-jfr")) {
            String recording = "-XX:StartFlightRecording:settings=profile,filename={work}/oriel.jfr";
            return oriel(name, Map.of("JDK_JAVA_OPTIONS", recording), streams, http, media);
        }
        if (name.startsWith(JDK)) {
            return oriel(
                    name, Map.of("JAVA_HOME", java(name.substring(JDK.length())).toString()), streams, http, media);
        }
        return switch (name) {
            case "mediamtx" -> mediamtx(program(name), streams, http, media);
            case "go2rtc" -> go2rtc(program(name), streams, http, media);
            default -> throw new IllegalArgumentException("No server is known by the name of " + name);
        };
    }

    private Server oriel(String name, Map<String, String> environment, List<Stream> streams, int http, int media)
            throws ServerMissing {
        Path run = project.resolve("run");
        if (!Files.isExecutable(run)) {
            throw new ServerMissing("There is no " + run);
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("config/dev.oriel.egress.cfg", "udpPort=" + media + "\nmaxViewers=" + MOST_VIEWERS + "\n");
        for (Stream stream : streams) {
            files.put(
                    "config/dev.oriel.camera~" + stream.name() + ".cfg",
                    "name=" + stream.name() + "\nurl=" + stream.url() + "\n");
        }
        return new Server(
                name,
                List.of(run.toString(), "--port", Integer.toString(http), "--no-demo", "--config", "{work}/config"),
                environment,
                files,
                URI.create("http://127.0.0.1:" + http + "/streams"),
                "http://127.0.0.1:" + http + "/{name}/whep");
    }

    private static Server mediamtx(Path program, List<Stream> streams, int http, int media) {
        String paths = streams.stream()
                .map(s -> "  " + s.name() + ":\n    source: \"" + s.url() + "\"\n")
                .collect(Collectors.joining());
        String configuration = String.format(Locale.ROOT, """
                logLevel: warn
                rtsp: no
                rtmp: no
                hls: no
                srt: no
                playback: no
                webrtcAddress: 127.0.0.1:%d
                webrtcLocalUDPAddress: :%d
                webrtcIPsFromInterfaces: yes
                pathDefaults:
                  sourceOnDemand: yes
                  rtspTransport: tcp
                paths:
                """, http, media);
        return new Server(
                "mediamtx",
                List.of(program.toString(), "{work}/mediamtx.yml"),
                Map.of(),
                Map.of("mediamtx.yml", configuration + paths),
                URI.create("http://127.0.0.1:" + http + "/" + streams.get(0).name() + "/"),
                "http://127.0.0.1:" + http + "/{name}/whep");
    }

    private static Server go2rtc(Path program, List<Stream> streams, int http, int media) {
        String paths = streams.stream()
                .map(s -> "  " + s.name() + ": \"" + s.url() + "\"\n")
                .collect(Collectors.joining());
        String configuration = String.format(Locale.ROOT, """
                api: {listen: "127.0.0.1:%d"}
                rtsp: {listen: ""}
                srtp: {listen: ""}
                webrtc: {listen: ":%d/udp", ice_servers: []}
                log: {level: warn}
                streams:
                """, http, media);
        return new Server(
                "go2rtc",
                List.of(program.toString(), "-c", "{work}/go2rtc.yaml"),
                Map.of(),
                Map.of("go2rtc.yaml", configuration + paths),
                URI.create("http://127.0.0.1:" + http + "/api"),
                "http://127.0.0.1:" + http + "/api/webrtc?src={name}");
    }

    private Path program(String name) throws ServerMissing {
        return search.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new ServerMissing("There is no " + name + " on the PATH"));
    }

    /** The folder of a Java with this major version. */
    private Path java(String version) throws ServerMissing, IOException {
        if (Files.isDirectory(javas)) {
            try (java.util.stream.Stream<Path> homes = Files.list(javas)) {
                Optional<Path> found = homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .filter(home -> isOfVersion(home, version))
                        .sorted()
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new ServerMissing("There is no Java " + version + " in " + javas);
    }

    private static boolean isOfVersion(Path home, String version) {
        try {
            return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + version + ".");
        } catch (IOException e) {
            return false;
        }
    }
}
