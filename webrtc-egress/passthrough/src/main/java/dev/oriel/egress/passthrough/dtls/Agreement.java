package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.webrtc.Fingerprint;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/**
 * What is the same for both sides of a handshake: the other one must show the certificate its offer named, and agree on SRTP
 * (RFC 5764).
 */
final class Agreement {

    static final int HANDSHAKE_TIMEOUT_MILLIS = 12_000;

    /** The default of a second would cost a second for each datagram lost. */
    static final int RESEND_MILLIS = 200;

    private final DtlsIdentity identity;
    private final List<Fingerprint> allowed;
    private Optional<SrtpProfile> profile = Optional.empty();
    private byte[] exported = new byte[0];
    private volatile boolean over;

    /** @param allowed what the other side's certificate must match one of */
    Agreement(DtlsIdentity identity, List<Fingerprint> allowed) {
        this.identity = identity;
        this.allowed = allowed;
    }

    /** What the DTLS client encrypts under; known after the handshake. */
    MasterKey ofClient() throws IOException {
        return MasterKey.ofClient(agreed(), exported);
    }

    /** What the DTLS server encrypts under; known after the handshake. */
    MasterKey ofServer() throws IOException {
        return MasterKey.ofServer(agreed(), exported);
    }

    /** The profile agreed on so far. */
    Optional<SrtpProfile> profile() {
        return profile;
    }

    /** Whether the other side has said that it is over. */
    boolean isOver() {
        return over;
    }

    void shown(Certificate certificate) throws IOException {
        if (certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.certificate_required);
        }
        byte[] shown = certificate.getCertificateAt(0).getEncoded();
        if (allowed.stream().noneMatch(f -> f.matches(shown))) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    /** Takes the other side's extensions; it must have offered, or chosen, a profile that is known here. */
    void agree(Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData named = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (named != null) {
            profile = Arrays.stream(SrtpProfile.values())
                    .filter(p -> Arrays.stream(named.getProtectionProfiles()).anyMatch(code -> code == p.code()))
                    .findFirst();
        }
        if (profile.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    void complete(TlsContext context) {
        if (profile.isPresent()) {
            exported =
                    context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, MasterKey.exportedBytes(profile.get()));
        }
    }

    void alerted(short level, short description) {
        over |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
    }

    TlsCredentialedSigner credentials(TlsContext context) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                identity.crypto(),
                identity.privateKey(),
                identity.certificate(),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private SrtpProfile agreed() throws IOException {
        return profile.orElseThrow(() -> new IOException("No SRTP profile was agreed on"));
    }
}
