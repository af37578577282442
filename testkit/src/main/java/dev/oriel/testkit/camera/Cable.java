package dev.oriel.testkit.camera;

import dev.oriel.testkit.process.ChildProcess;
import dev.oriel.testkit.process.PythonScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of a camera's own, and the cable between it and this machine, which can be cut, pulled, made slow and made
 * lossy.
 *
 * <p>The network is an unnamed namespace of Linux: the kernel removes it, the devices at both ends of the cable and all
 * their addresses when the process that carries the packets ends, which is with {@link #close} and with this Java machine.
 * Nothing else of the machine's network is touched. Addresses are from 198.18.0.0/15 (RFC 2544). Needs root, for which see
 * {@link #possible}. Thread-safe.
 */
public final class Cable implements AutoCloseable {

    /** The camera's end of it, as cable.py calls it. */
    static final String INTERFACE = "cable0";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ChildProcess carrier;
    private final String ourHost;
    private final String cameraHost;

    private Cable(ChildProcess carrier, String ourHost, String cameraHost) {
        this.carrier = carrier;
        this.ourHost = ourHost;
        this.cameraHost = cameraHost;
    }

    /** Whether this process may lay cables: it is root, and the kernel has TUN devices. */
    public static boolean possible() {
        return ChildProcess.runsAsRoot() && Files.isWritable(Path.of("/dev/net/tun"));
    }

    /** Lays a cable that carries everything at once. */
    public static Cable lay() throws IOException, InterruptedException {
        // Two test runs on one machine have different process ids.
        int id = (int) (ProcessHandle.current().pid() * 31 + NEXT.getAndIncrement()) & 0x7fff;
        String subnet = "198." + (18 + (id >> 14)) + "." + (id >> 6 & 255) + ".";
        int host = (id & 63) << 2;
        String ours = subnet + (host + 1);
        String cameras = subnet + (host + 2);
        ChildProcess carrier = ChildProcess.start(
                "cable",
                PythonScript.command(
                        Cable.class, "cable.py", List.of("oriel" + Integer.toHexString(id), ours, cameras)));
        try {
            carrier.awaitLine("READY", PATIENCE);
        } catch (IOException | InterruptedException | RuntimeException e) {
            carrier.close();
            throw e;
        }
        return new Cable(carrier, ours, cameras);
    }

    /** The address of this machine at its end of the cable. */
    public String ourHost() {
        return ourHost;
    }

    /** The address of the camera. */
    public String cameraHost() {
        return cameraHost;
    }

    /** A multicast group that no other camera of this machine sends to. */
    String group() {
        return cameraHost.replaceFirst("^198\\.\\d+", "239.255");
    }

    /** Loses so many of a hundred UDP packets, each way, until told otherwise. */
    public void lose(int percent) throws IOException, InterruptedException {
        carrier.say("loss " + percent);
    }

    /** Carries everything so much later, each way, until told otherwise. */
    public void delay(Duration oneWay) throws IOException, InterruptedException {
        carrier.say("delay " + oneWay.toMillis());
    }

    /** Carries nothing any more; neither end notices. */
    public void cut() throws IOException, InterruptedException {
        carrier.say("cut");
    }

    /** Carries again. */
    public void mend() throws IOException, InterruptedException {
        carrier.say("mend");
    }

    /** Pulls the plug out of the camera: its link is down. */
    public void pullAtCamera() throws IOException, InterruptedException {
        carrier.say("camera down");
    }

    /** Puts the plug back into the camera. */
    public void plugAtCamera() throws IOException, InterruptedException {
        carrier.say("camera up");
    }

    /** Pulls the plug out of this machine: the link is down. */
    public void pullHere() throws IOException, InterruptedException {
        carrier.say("ours down");
    }

    /** Puts the plug back into this machine. */
    public void plugHere() throws IOException, InterruptedException {
        carrier.say("ours up");
    }

    /** Cuts it for good and removes what it was made of; what stands at its far end is closed first. */
    @Override
    public void close() {
        carrier.close();
    }

    /** A command line that is run in the camera's network, which needs no camera in it. */
    public List<String> within(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--target", Long.toString(carrier.pid()), "--net"));
        whole.addAll(command);
        return whole;
    }
}
