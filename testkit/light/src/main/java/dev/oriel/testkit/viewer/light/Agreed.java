package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The part of a handshake that is about SRTP (RFC 5764), the same on both sides. */
record Agreed(SrtpProfile profile, byte[] exported) {

    /** The profiles that are offered, best first, or the one chosen. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    static Hashtable announce(Hashtable extensions, SrtpProfile... profiles) throws IOException {
        int[] codes = Arrays.stream(profiles).mapToInt(SrtpProfile::code).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(codes, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    /** The best profile among those the other side named. */
    @SuppressWarnings("rawtypes")
    static SrtpProfile best(Hashtable extensions) throws IOException {
        UseSRTPData named = TlsSRTPUtils.getUseSRTPExtension(extensions);
        Optional<SrtpProfile> best = named == null
                ? Optional.empty()
                : Arrays.stream(SrtpProfile.values())
                        .filter(p ->
                                Arrays.stream(named.getProtectionProfiles()).anyMatch(code -> code == p.code()))
                        .findFirst();
        return best.orElseThrow(() -> new TlsFatalAlert(AlertDescription.handshake_failure));
    }

    /** The keys, once the handshake is complete. */
    static Agreed on(SrtpProfile profile, TlsContext context) {
        return new Agreed(
                profile, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, MasterKey.exportedBytes(profile)));
    }
}
