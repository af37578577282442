package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.sdp.MediaDescription;
import dev.oriel.protocol.sdp.SdpSyntaxException;
import dev.oriel.protocol.sdp.SessionDescription;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an answer says of the server.
 *
 * @param candidates where checks go to; IPv4 and UDP only
 * @param passive whether the server waits for our handshake; if not, it begins one itself
 * @param videoTypes the payload types of the video it sends
 */
record RemoteEnd(IceCredentials credentials, List<InetSocketAddress> candidates, boolean passive, BitSet videoTypes) {

    private static final int MAX_CANDIDATES = 8;

    /** @throws IOException if no viewer could connect by this answer */
    static RemoteEnd parse(String answer) throws IOException {
        SessionDescription sdp;
        try {
            sdp = SessionDescription.parse(answer);
        } catch (SdpSyntaxException e) {
            throw new IOException("The answer is no session description: " + e.getMessage(), e);
        }
        BitSet types = new BitSet(128);
        sdp.media().stream()
                .filter(m -> m.media().equals("video") && m.port() != 0)
                .flatMap(m -> m.formats().stream())
                .filter(f -> f.matches("\\d{1,2}|1[01]\\d|12[0-7]"))
                .forEach(f -> types.set(Integer.parseInt(f)));
        if (types.isEmpty()) {
            throw new IOException("The answer has no video");
        }
        return new RemoteEnd(
                new IceCredentials(required(sdp, "ice-ufrag"), required(sdp, "ice-pwd")),
                attributes(sdp, "candidate")
                        .flatMap(text -> Candidate.parse(text).stream())
                        .map(Candidate::address)
                        .filter(address -> address.getAddress() instanceof Inet4Address)
                        .distinct()
                        .limit(MAX_CANDIDATES)
                        .toList(),
                required(sdp, "setup").equals("passive"),
                types);
    }

    private static String required(SessionDescription sdp, String name) throws IOException {
        Optional<String> found = attributes(sdp, name).findFirst();
        return found.orElseThrow(() -> new IOException("The answer has no a=" + name));
    }

    private static Stream<String> attributes(SessionDescription sdp, String name) {
        return Stream.concat(
                sdp.attributes().all(name).stream(),
                sdp.media().stream().map(MediaDescription::attributes).flatMap(a -> a.all(name).stream()));
    }
}
