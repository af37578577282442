package dev.oriel.protocol.rtsp.client;

import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtsp.TransportHeader;
import dev.oriel.protocol.sdp.MediaDescription;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.Optional;

/**
 * Where a camera sends a track for everybody: from its answer to {@code SETUP}, or else from its description.
 *
 * @param address as the camera writes it
 * @param rtpPort 1 to 65535
 * @param rtcpPort 1 to 65535
 */
record MulticastGroup(String address, int rtpPort, int rtcpPort) {

    static Optional<MulticastGroup> of(
            Optional<TransportHeader> answer, SessionDescription session, MediaFormat format) {
        MediaDescription media = session.media().get(format.track().index());
        String address = answer.flatMap(a -> a.parameter("destination"))
                .filter(a -> !a.isEmpty())
                .or(() -> media.connection().or(session::connection).flatMap(MulticastGroup::addressIn))
                .orElse("");
        TransportHeader.Pair ports = answer.flatMap(a -> a.pair("port").or(() -> a.pair("client_port")))
                .orElse(new TransportHeader.Pair(media.port(), media.port() + 1));
        boolean usable = !address.isEmpty()
                && ports.rtp() > 0
                && ports.rtp() <= 0xffff
                && ports.rtcp() > 0
                && ports.rtcp() <= 0xffff;
        return usable ? Optional.of(new MulticastGroup(address, ports.rtp(), ports.rtcp())) : Optional.empty();
    }

    /** The address in a line such as {@code IN IP4 239.1.2.3/64}. */
    private static Optional<String> addressIn(String connection) {
        String[] words = connection.strip().split("\\s+", 4);
        return words.length >= 3 ? Optional.of(words[2].split("/", 2)[0]) : Optional.empty();
    }
}
