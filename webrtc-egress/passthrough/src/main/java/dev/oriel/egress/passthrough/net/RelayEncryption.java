package dev.oriel.egress.passthrough.net;

import dev.oriel.api.media.Bytes;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS to a TURN server, by the Java platform: its certificate is judged by the authorities this Java knows, or must be the one
 * with a given fingerprint.
 */
final class RelayEncryption {

    private static final long HANDSHAKE_MILLIS = 5000;
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private RelayEncryption() {}

    /** What encrypts one connection. Blocks for a moment: this Java's authorities are read. */
    static SslHandler to(String host, int port, Optional<Bytes> fingerprint) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null, fingerprint.map(f -> new TrustManager[] {new Pinned(f)}).orElse(null), null);
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm(fingerprint.isPresent() ? null : "HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        handler.setCloseNotifyReadTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(500);
        return handler;
    }

    /** What went wrong, to go on behind the server's name. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return String.valueOf(refused.getMessage());
            }
            if (cause instanceof CertificateException) {
                return "has a certificate that this machine does not trust (turnFingerprint can name it)";
            }
        }
        return "does not speak TLS as it should";
    }

    private static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1L;

        Refused(String what) {
            super(what);
        }
    }

    /** An extended one on purpose: around others the platform puts checks of its own. */
    private static final class Pinned extends X509ExtendedTrustManager {
        private final Bytes fingerprint;

        Pinned(Bytes fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            byte[] seen;
            try {
                seen = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            } catch (GeneralSecurityException e) {
                throw new CertificateException("The certificate has no fingerprint", e);
            }
            if (!fingerprint.equals(Bytes.copyOf(seen))) {
                throw new Refused("has another certificate than the one named: its SHA-256 fingerprint is "
                        + HexFormat.ofDelimiter(":").withUpperCase().formatHex(seen));
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("Nobody connects to us");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("Nobody connects to us");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("Nobody connects to us");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
