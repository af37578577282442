package dev.oriel.testkit.viewer.light;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The self-signed certificate that all viewers of a process show, and the key to it. Immutable. */
final class ViewerIdentity {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final long TEN_YEARS_MILLIS = 315_360_000_000L;

    private final BcTlsCrypto crypto;
    private final PrivateKey key;
    private final byte[] encoded;

    private ViewerIdentity(BcTlsCrypto crypto, PrivateKey key, byte[] encoded) {
        this.crypto = crypto;
        this.key = key;
        this.encoded = encoded;
    }

    static ViewerIdentity create(SecureRandom random, long unixMillis) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            return new ViewerIdentity(new BcTlsCrypto(random), pair.getPrivate(), sign(pair, unixMillis));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("A certificate could not be made", e);
        }
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    /** The SHA-256 of the certificate, as offers write it. */
    String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** What proves it in the handshake of this context. */
    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                PrivateKeyFactory.createKey(key.getEncoded()),
                new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, encoded)}),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private static byte[] sign(KeyPair pair, long unixMillis) throws GeneralSecurityException, IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        body.setSubject(new X500Name("CN=viewer"));
        body.setIssuer(new X500Name("CN=viewer"));
        body.setStartDate(new Time(new Date(unixMillis - TEN_YEARS_MILLIS / 10)));
        body.setEndDate(new Time(new Date(unixMillis + TEN_YEARS_MILLIS)));
        body.setSignature(algorithm);
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        byte[] signed = body.generateTBSCertificate().getEncoded(ASN1Encoding.DER);
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initSign(pair.getPrivate());
        signature.update(signed);
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(body.generateTBSCertificate());
        parts.add(algorithm);
        parts.add(new DERBitString(signature.sign()));
        return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    }
}
