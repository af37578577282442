package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;

/** A browser's half of a handshake that it begins. It trusts whatever the server shows. */
final class SrtpClient extends DefaultTlsClient {

    private static final int RESEND_MILLIS = 200;

    private final ViewerIdentity identity;
    private final int timeoutMillis;
    private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    private Optional<Agreed> agreed = Optional.empty();

    SrtpClient(ViewerIdentity identity, int timeoutMillis) {
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
    public int getHandshakeTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getClientExtensions() throws IOException {
        return Agreed.announce(super.getClientExtensions(), SrtpProfile.values());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        profile = Agreed.best(extensions);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        agreed = Optional.of(Agreed.on(profile, context));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) {
                // Whoever answered the check is the server.
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return identity.credentials(context);
            }
        };
    }
}
