package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;

/** A browser's half of a handshake that the server under test begins. It trusts whatever that shows. */
final class SrtpServer extends DefaultTlsServer {

    private static final int RESEND_MILLIS = 200;

    private final ViewerIdentity identity;
    private final int timeoutMillis;
    private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    private Optional<Agreed> agreed = Optional.empty();

    SrtpServer(ViewerIdentity identity, int timeoutMillis) {
        super(identity.crypto());
        this.identity = identity;
        this.timeoutMillis = timeoutMillis;
    }

    Agreed agreed() throws IOException {
        return agreed.orElseThrow(() -> new IOException("The handshake is not complete"));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return identity.credentials(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(org.bouncycastle.tls.Certificate certificate) {
        // Whoever answered the check is the server.
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        profile = Agreed.best(extensions);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        return Agreed.announce(extensions == null ? new Hashtable() : extensions, profile);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        agreed = Optional.of(Agreed.on(profile, context));
    }
}
