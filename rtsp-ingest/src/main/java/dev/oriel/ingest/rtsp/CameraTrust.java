package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.Trust;
import dev.oriel.api.media.Bytes;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The judgement of a camera's certificate; a refusal says what is wrong with it and which fingerprint it has, so that a user
 * who knows the camera can pin it.
 *
 * <p>It is an extended trust manager on purpose: around others the platform puts checks of its own, which a camera trusted by
 * its fingerprint need not pass.
 */
final class CameraTrust extends X509ExtendedTrustManager {

    /** A refusal whose message goes on behind the name of the camera. */
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1L;

        Refused(String what) {
            super(what);
        }
    }

    private final Trust trust;
    private final X509ExtendedTrustManager platform;

    /** @param platform who knows the authorities */
    CameraTrust(Trust trust, X509ExtendedTrustManager platform) {
        this.trust = trust;
        this.platform = platform;
    }

    /** Whether the certificate must bear the camera's name or address. */
    boolean checksName() {
        return trust instanceof Trust.Authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (trust instanceof Trust.Pinned pinned) {
            Bytes seen = sha256(chain[0]);
            if (!seen.equals(pinned.sha256())) {
                throw new Refused("has another certificate than the pinned one: its SHA-256 fingerprint is "
                        + text(seen) + ", and not " + text(pinned.sha256()));
            }
        } else if (trust instanceof Trust.Authorities) {
            try {
                platform.checkServerTrusted(chain, authType, engine);
            } catch (CertificateException e) {
                throw new Refused(what(chain, authType, e) + " (SHA-256 fingerprint " + text(sha256(chain[0])) + ")");
            }
        }
    }

    private String what(X509Certificate[] chain, String authType, CertificateException why) {
        X509Certificate first = chain[0];
        try {
            first.checkValidity();
        } catch (CertificateExpiredException e) {
            return "has a certificate that expired on " + day(first.getNotAfter());
        } catch (CertificateNotYetValidException e) {
            return "has a certificate that is valid only from " + day(first.getNotBefore());
        }
        try {
            platform.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            if (first.getIssuerX500Principal().equals(first.getSubjectX500Principal())) {
                return "has a certificate that it signed itself";
            }
            return isTooWeak(why)
                    ? "has a certificate of a kind that counts as too weak today"
                    : "has a certificate of an authority that this machine does not know";
        }
        return "has a certificate for another name or address";
    }

    private static boolean isTooWeak(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path
                    && path.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
                return true;
            }
        }
        return false;
    }

    private static String day(Date date) {
        return date.toInstant().toString().substring(0, 10);
    }

    private static Bytes sha256(X509Certificate certificate) throws CertificateException {
        try {
            return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String text(Bytes fingerprint) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(fingerprint.toArray());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Certificates are judged for a connection only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("Certificates are judged for an engine only");
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
        return platform.getAcceptedIssuers();
    }
}
