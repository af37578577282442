package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.webrtc.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The certificate this side shows in handshakes: self-signed, on the curve P-256, made anew at each start. Viewers know it by the
 * fingerprint in the answer, so nobody needs to have signed it. Immutable and safe on any thread.
 */
public final class DtlsIdentity {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long VALID_DAYS = 3650;

    private final BcTlsCrypto crypto;
    private final AsymmetricKeyParameter privateKey;
    private final Certificate certificate;
    private final Fingerprint fingerprint;

    private DtlsIdentity(
            BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, Certificate certificate, Fingerprint fingerprint) {
        this.crypto = crypto;
        this.privateKey = privateKey;
        this.certificate = certificate;
        this.fingerprint = fingerprint;
    }

    /** A fresh one. */
    public static DtlsIdentity create(SecureRandom random, long unixMillis) {
        BcTlsCrypto crypto = new SmallTlsCrypto(random);
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1, SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)),
                random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        try {
            byte[] encoded = sign(pair, random, unixMillis);
            TlsCertificate certificate = new BcTlsCertificate(crypto, encoded);
            return new DtlsIdentity(
                    crypto,
                    pair.getPrivate(),
                    new Certificate(new TlsCertificate[] {certificate}),
                    Fingerprint.of(encoded));
        } catch (IOException | org.bouncycastle.crypto.CryptoException e) {
            throw new IllegalStateException("A certificate could not be made", e);
        }
    }

    /** What the answer says about it. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    Certificate certificate() {
        return certificate;
    }

    private static byte[] sign(AsymmetricCipherKeyPair pair, SecureRandom random, long unixMillis)
            throws IOException, org.bouncycastle.crypto.CryptoException {
        X500Name name = new X500Name("CN=oriel");
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(new BigInteger(63, random).add(BigInteger.ONE)));
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(new Date(unixMillis - DAY_MILLIS)));
        generator.setEndDate(new Time(new Date(unixMillis + VALID_DAYS * DAY_MILLIS)));
        generator.setSignature(algorithm);
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
        TBSCertificate body = generator.generateTBSCertificate();
        DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        signer.init(true, new org.bouncycastle.crypto.params.ParametersWithRandom(pair.getPrivate(), random));
        byte[] bytes = body.getEncoded(ASN1Encoding.DER);
        signer.update(bytes, 0, bytes.length);
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(body);
        parts.add(algorithm);
        parts.add(new DERBitString(signer.generateSignature()));
        return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    }
}
