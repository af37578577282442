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
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** The server's side of one handshake: the client must show the certificate its offer named, and agree on SRTP (RFC 5764). */
final class SrtpTlsServer extends DefaultTlsServer {

    private static final int HANDSHAKE_TIMEOUT_MILLIS = 12_000;
    private static final int RESEND_MILLIS = 200;

    private final DtlsIdentity identity;
    private final List<Fingerprint> allowed;
    private Optional<SrtpProfile> profile = Optional.empty();
    private byte[] exported = new byte[0];
    private volatile boolean over;

    /** @param allowed what the client's certificate must match one of */
    SrtpTlsServer(DtlsIdentity identity, List<Fingerprint> allowed) {
        super(identity.crypto());
        this.identity = identity;
        this.allowed = allowed;
    }

    /** The profile agreed on; known after the handshake. */
    Optional<SrtpProfile> profile() {
        return profile;
    }

    /** The keying material; known after the handshake. */
    byte[] exported() {
        return exported;
    }

    /** Whether the other side has said that it is over. */
    boolean isOver() {
        return over;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        });
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                identity.crypto(),
                identity.privateKey(),
                identity.certificate(),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.certificate_required);
        }
        byte[] shown = certificate.getCertificateAt(0).getEncoded();
        if (allowed.stream().noneMatch(f -> f.matches(shown))) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered != null) {
            profile = Arrays.stream(SrtpProfile.values())
                    .filter(p -> Arrays.stream(offered.getProtectionProfiles()).anyMatch(code -> code == p.code()))
                    .findFirst();
        }
        if (profile.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        if (extensions == null) {
            extensions = new Hashtable();
        }
        if (profile.isPresent()) {
            int[] chosen = {profile.get().code()};
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, TlsUtils.EMPTY_BYTES));
        }
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile.isPresent()) {
            exported =
                    context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, MasterKey.exportedBytes(profile.get()));
        }
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        over |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return HANDSHAKE_TIMEOUT_MILLIS;
    }

    /** The default of a second would cost a second for each datagram lost. */
    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }
}
