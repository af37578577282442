package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.Trust;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to one camera, by the Java platform: versions 1.2 and 1.3, the certificate judged as its {@link Trust} says.
 *
 * <p>Made off the event loop where that matters: reading the host's authorities takes a tenth of a second.
 */
final class Encryption {

    /** How long the handshake may take; with the connection's it stays within what an opening may take. */
    static final int HANDSHAKE_TIMEOUT_MILLIS = 2500;

    private final SourceLocation camera;
    private final SSLContext context;
    private final CameraTrust trust;

    private Encryption(SourceLocation camera, SSLContext context, CameraTrust trust) {
        this.camera = camera;
        this.context = context;
        this.trust = trust;
    }

    /** Makes what a connection to a camera needs, with the authorities of this Java. */
    static Encryption of(SourceLocation camera, Trust trust) throws GeneralSecurityException {
        return of(camera, trust, null);
    }

    /** The same with these authorities, or those of this Java for null, as {@link TrustManagerFactory#init} has it. */
    static Encryption of(SourceLocation camera, Trust trust, @Nullable KeyStore authorities)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (trust instanceof Trust.Authorities) {
            factory.init(authorities);
        } else {
            KeyStore nobody = KeyStore.getInstance(KeyStore.getDefaultType());
            try {
                nobody.load(null, null);
            } catch (IOException e) {
                throw new GeneralSecurityException("An empty key store cannot be made", e);
            }
            factory.init(nobody);
        }
        CameraTrust judge = new CameraTrust(trust, platform(factory));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {judge}, null);
        return new Encryption(camera, context, judge);
    }

    private static X509ExtendedTrustManager platform(TrustManagerFactory factory) throws GeneralSecurityException {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("This Java has no trust manager for X.509");
    }

    /** What encrypts one more connection. */
    SslHandler handler() {
        // Names go along as SNI (RFC 6066 section 3), addresses do not: the engine sees to that.
        SSLEngine engine = context.createSSLEngine(camera.host(), camera.portToConnect());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        // Rules for names and addresses (RFC 9110 section 4.3.4); no other name for them is known to the platform.
        parameters.setEndpointIdentificationAlgorithm(trust.checksName() ? "HTTPS" : null);
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS);
        // A camera need not answer our farewell.
        handler.setCloseNotifyReadTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(500);
        return handler;
    }
}
