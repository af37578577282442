package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/**
 * A handshake with oneself in memory, so that the first viewer does not wait for half a second of class loading.
 *
 * <p>The client's half also stands in for a browser in tests.
 */
public final class WarmUp {

    private final DtlsIdentity identity;

    /** A warm-up of the code behind this identity. */
    public WarmUp(DtlsIdentity identity) {
        this.identity = identity;
    }

    /** Shakes hands; blocks for half a second at first, and uses two workers. */
    public void run(Executor workers) throws IOException {
        Wire wire = new Wire();
        DtlsSession server =
                new DtlsSession(identity, List.of(identity.fingerprint()), workers, wire, new DtlsSession.Events() {
                    @Override
                    public void secured(
                            dev.oriel.protocol.srtp.MasterKey own, dev.oriel.protocol.srtp.MasterKey other) {
                        // Nothing is sent.
                    }

                    @Override
                    public void over(String sentence) {
                        // The client's half fails, too.
                    }
                });
        DatagramQueue queue = new DatagramQueue(server::receive);
        wire.end = queue::offer;
        DTLSTransport transport = new DTLSClientProtocol().connect(new Client(identity), queue);
        transport.close();
        server.close();
    }

    /** The way from the server's half to the client's, which is made after it. */
    private static final class Wire implements Consumer<byte[]> {
        private volatile Consumer<byte[]> end = datagram -> {};

        @Override
        public void accept(byte[] datagram) {
            end.accept(datagram);
        }
    }

    /** What a browser does in a handshake. */
    static final class Client extends DefaultTlsClient {
        private final DtlsIdentity identity;

        Client(DtlsIdentity identity) {
            super(identity.crypto());
            this.identity = identity;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return 5000;
        }

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            int[] profiles = Arrays.stream(SrtpProfile.values())
                    .mapToInt(SrtpProfile::code)
                    .toArray();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {
                    // It is our own.
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return new BcDefaultTlsCredentialedSigner(
                            new TlsCryptoParameters(context),
                            identity.crypto(),
                            identity.privateKey(),
                            identity.certificate(),
                            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
                }
            };
        }
    }
}
