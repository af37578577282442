package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import java.net.InetSocketAddress;
import java.util.List;

/** A browser's offer to receive one H.264 video, with one host candidate. */
final class ViewerOffer {

    private static final List<String> PROFILES = List.of("42001f", "42e01f", "4d001f", "640032");
    private static final int FIRST_TYPE = 102;

    private ViewerOffer() {}

    static String write(IceCredentials own, InetSocketAddress at, String fingerprint) {
        StringBuilder out = new StringBuilder(2048);
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < PROFILES.size(); i++) {
            types.append(' ').append(FIRST_TYPE + i);
        }
        lines(out, "v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=msid-semantic: WMS");
        lines(out, "m=video 9 UDP/TLS/RTP/SAVPF" + types, "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0");
        lines(out, "a=candidate:" + Candidate.host(at, 0).write(), "a=end-of-candidates");
        lines(out, "a=ice-ufrag:" + own.fragment(), "a=ice-pwd:" + own.password());
        lines(out, "a=fingerprint:sha-256 " + fingerprint, "a=setup:actpass", "a=mid:0", "a=recvonly");
        lines(out, "a=rtcp-mux", "a=rtcp-rsize");
        for (int i = 0; i < PROFILES.size(); i++) {
            int type = FIRST_TYPE + i;
            lines(out, "a=rtpmap:" + type + " H264/90000", "a=rtcp-fb:" + type + " ccm fir");
            lines(out, "a=rtcp-fb:" + type + " nack", "a=rtcp-fb:" + type + " nack pli");
            lines(
                    out,
                    "a=fmtp:" + type + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id="
                            + PROFILES.get(i));
        }
        return out.toString();
    }

    private static void lines(StringBuilder out, String... lines) {
        for (String line : lines) {
            out.append(line).append("\r\n");
        }
    }
}
