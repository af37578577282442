package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PortAllocatorConfig;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import dev.onvoid.webrtc.internal.NativeLoader;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.oriel.api.time.Ambient;
import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one native factory of the process, shared by all viewers. It is made for the first and disposed of when there has
 * been none for a second: at once would be wasteful, since each factory disposed of leaves two native threads of its
 * audio module behind; never would be wrong, since its other threads keep the process alive. Thread-safe.
 */
final class LibWebRtc {

    private static final String LIBRARY = "webrtc-java";
    private static final long IDLE_MILLIS = 1000;
    private static final Object LOCK = new Object();

    private static @Nullable PeerConnectionFactory factory;
    private static @Nullable HeadlessAudioDeviceModule audio;
    private static int borrowers;
    private static long loans;

    private LibWebRtc() {}

    /** @throws LibWebRtcMissing when this machine cannot load the native library */
    static PeerConnectionFactory borrow() {
        synchronized (LOCK) {
            PeerConnectionFactory shared = factory;
            if (shared == null) {
                load();
                // Any other audio module asks for a sound server, and libwebrtc aborts the process when there is none.
                audio = new HeadlessAudioDeviceModule();
                shared = new PeerConnectionFactory(audio);
                factory = shared;
            }
            borrowers++;
            loans++;
            LOCK.notifyAll();
            return shared;
        }
    }

    static void giveBack() {
        synchronized (LOCK) {
            borrowers--;
            if (borrowers == 0) {
                awaitNextBorrower(loans);
            }
        }
    }

    @Ambient(reason = "waits a second with a thread that ends itself")
    private static void awaitNextBorrower(long lastLoan) {
        Thread thread = new Thread(() -> disposeUnlessBorrowed(lastLoan), "oriel-libwebrtc-idle");
        thread.setDaemon(true);
        thread.start();
    }

    @Ambient(reason = "measures a second")
    private static void disposeUnlessBorrowed(long lastLoan) {
        synchronized (LOCK) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
            try {
                for (long left = IDLE_MILLIS; left > 0 && loans == lastLoan; ) {
                    LOCK.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (loans == lastLoan && factory != null && audio != null) {
                factory.dispose();
                audio.dispose();
                factory = null;
                audio = null;
            }
        }
    }

    /** How peers find one another: by host candidates, and by what the servers bring. */
    static RTCConfiguration configuration(boolean onlyByRelay, List<String> servers) {
        RTCConfiguration configuration = new RTCConfiguration();
        servers.forEach(server -> configuration.iceServers.add(server(server)));
        if (onlyByRelay) {
            configuration.iceTransportPolicy = RTCIceTransportPolicy.RELAY;
        }
        configuration.portAllocatorConfig = new PortAllocatorConfig();
        if (onlyLoopback()) {
            // libwebrtc makes no candidate of a loopback address. A socket on all addresses is in no offer either, but
            // it sends checks to the other side's candidates, and that side learns the address from them.
            configuration.portAllocatorConfig.setEnableAnyAddressPorts(true);
        }
        return configuration;
    }

    private static RTCIceServer server(String url) {
        RTCIceServer server = new RTCIceServer();
        int login = url.indexOf(':') + 1;
        int host = url.lastIndexOf('@') + 1;
        server.urls.add(url.substring(0, login) + url.substring(Math.max(login, host)));
        if (host > 0) {
            String[] words = url.substring(login, host - 1).split(":", 2);
            server.username = words[0];
            server.password = words[1];
        }
        return server;
    }

    /** Whether this machine reaches nobody but itself. */
    static boolean onlyLoopback() {
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback() && each.getInetAddresses().hasMoreElements()) {
                    return false;
                }
            }
            return true;
        } catch (SocketException e) {
            throw new IllegalStateException("This machine does not tell its network interfaces", e);
        }
    }

    private static void load() {
        try {
            NativeLoader.loadLibrary(LIBRARY);
        } catch (Exception | LinkageError e) {
            throw new LibWebRtcMissing(
                    "The native libwebrtc does not load here, so no real viewer can watch: " + e.getMessage() + ". "
                            + missingLibraries(),
                    e);
        }
    }

    /** A sentence with every library that the loader would miss, not just the first. */
    @Ambient(reason = "asks the machine's dynamic linker what is missing")
    private static String missingLibraries() {
        String resource = "/lib" + LIBRARY + "-linux-x86_64.so";
        try (InputStream library = LibWebRtc.class.getResourceAsStream(resource)) {
            if (library == null) {
                return "The jar with " + resource + " is not on the class path.";
            }
            Path copy = Files.createTempFile("oriel-ldd", ".so");
            try {
                Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
                Process ldd = new ProcessBuilder("ldd", copy.toString())
                        .redirectErrorStream(true)
                        .start();
                String listing = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                String missing = listing.lines()
                        .filter(line -> line.contains("not found"))
                        .map(String::strip)
                        .collect(Collectors.joining(", "));
                return missing.isEmpty() ? "ldd misses nothing." : "ldd says: " + missing + ".";
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            return "ldd could not be asked: " + e.getMessage() + ".";
        }
    }
}
