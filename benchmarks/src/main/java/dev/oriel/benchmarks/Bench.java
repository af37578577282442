package dev.oriel.benchmarks;

import dev.oriel.benchmarks.camera.CameraServer;
import dev.oriel.benchmarks.load.Audience;
import dev.oriel.benchmarks.machine.Core;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.server.RunningServer;
import dev.oriel.benchmarks.server.ServerMissing;
import dev.oriel.benchmarks.server.Servers;
import dev.oriel.benchmarks.server.Stream;
import dev.oriel.testkit.viewer.light.LightViewers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The camera, the viewers, and servers one at a time. */
final class Bench implements AutoCloseable {

    /** Cameras with each length of a group that servers are told of. */
    static final int CAMERAS = 64;

    static final List<Integer> GROUPS = List.of(1, 4, 10);

    private final Servers servers;
    private final Core core;
    private final Path work;
    private final CameraServer camera = CameraServer.start();
    private final LightViewers viewers;

    /**
     * @param address of the viewers
     * @param work where each server gets a folder, with its configuration and its log
     */
    Bench(Servers servers, Core core, InetAddress address, Path work) throws IOException {
        this.viewers = new LightViewers(address);
        this.servers = servers;
        this.core = core;
        this.work = Files.createDirectories(work);
    }

    /** Starts a server that knows all cameras. */
    RunningServer start(String name) throws ServerMissing, IOException, InterruptedException {
        List<Stream> streams = new ArrayList<>();
        for (int group : GROUPS) {
            for (int i = 0; i < CAMERAS; i++) {
                streams.add(new Stream(stream(group, i), camera.url(group, i)));
            }
        }
        Path folder = Files.createTempDirectory(work, name);
        return RunningServer.start(servers.find(name, streams), folder, core);
    }

    /** Nobody yet. */
    Audience audience() {
        return new Audience(viewers);
    }

    Core core() {
        return core;
    }

    /** Where offers for some cameras of a group's length go to. */
    static List<URI> endpoints(RunningServer server, int group, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> server.server().endpoint(stream(group, i)))
                .toList();
    }

    @Override
    public void close() {
        viewers.close();
        camera.close();
    }

    private static String stream(int group, int number) {
        return "g" + group + "_cam" + number;
    }

    /** Servers tell their viewers of interfaces other than loopback; where there is none, of that. */
    static InetAddress address() throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (network.isUp() && !network.isLoopback() && address instanceof Inet4Address) {
                    return address;
                }
            }
        }
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Says how far it is. */
    static void say(String format, Object... values) {
        Machine.out().printf(java.util.Locale.ROOT, format + "%n", values);
        Machine.out().flush();
    }
}
