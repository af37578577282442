package dev.oriel.testkit.camera;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a camera by GStreamer serves, whatever it shows.
 *
 * @param ways how media may come; a SETUP that asks for another is answered 461
 * @param login what it wants from who opens it
 * @param certificate a PEM file with certificate and key, for a camera that speaks RTSPS only
 * @param cable the network it stands in; this machine's own if absent
 */
public record Serving(Set<Way> ways, Login login, Optional<Path> certificate, Optional<Cable> cable) {

    /** On the loopback interface, to everybody, over TCP and UDP. */
    public static final Serving DEFAULT =
            new Serving(EnumSet.of(Way.TCP, Way.UDP), Login.OPEN, Optional.empty(), Optional.empty());

    /** How media comes (RFC 2326, section 12.39). */
    public enum Way {
        /** Interleaved with RTSP. */
        TCP,
        UDP,
        /** In a group of 239.255.0.0/16, for which the camera needs a cable: the loopback interface carries no groups. */
        MULTICAST
    }

    public Serving {
        ways = Set.copyOf(ways);
    }

    /** The same, media only like this. */
    public Serving only(Way way) {
        return new Serving(EnumSet.of(way), login, certificate, cable);
    }

    /** The same, for those who log in. */
    public Serving with(Login other) {
        return new Serving(ways, other, certificate, cable);
    }

    /** The same, encrypted. */
    public Serving with(Certificate own) {
        return new Serving(ways, login, Optional.of(own.file()), cable);
    }

    /** The same, at the far end of a cable. */
    public Serving at(Cable other) {
        return new Serving(ways, login, certificate, Optional.of(other));
    }

    List<String> options() {
        if (ways.contains(Way.MULTICAST) && cable.isEmpty()) {
            throw new IllegalStateException("A group needs a camera at a cable");
        }
        String words = ways.stream()
                .map(way -> way.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining("+"));
        return List.of(
                "--ways=" + words,
                "--login=" + login.scheme().name().toLowerCase(Locale.ROOT),
                "--user=" + login.user(),
                "--password=" + login.password(),
                "--certificate=" + certificate.map(Path::toString).orElse(""),
                "--address=" + cable.map(Cable::cameraHost).orElse("127.0.0.1"),
                "--group=" + cable.map(Cable::group).orElse(""),
                "--interface=" + cable.map(laid -> Cable.INTERFACE).orElse(""),
                // A network of its own has all ports free, and a camera that comes back is where it was.
                "--port=" + (cable.isPresent() ? "554" : "0"));
    }

    String root(int port) {
        return (certificate.isPresent() ? "rtsps://" : "rtsp://")
                + cable.map(Cable::cameraHost).orElse("127.0.0.1") + ":" + port;
    }
}
