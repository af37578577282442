package dev.oriel.testkit.camera;

import dev.oriel.testkit.process.ChildProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that a camera made for itself, as cameras do: nobody vouches for it, and it is in the name
 * {@code camera}, wherever the camera stands. Made by the JDK's keytool. Closing it deletes its file.
 *
 * @param file certificate and private key in PEM, readable by its owner only
 * @param sha256 the digest of the certificate, 32 bytes
 */
public record Certificate(Path file, byte[] sha256) implements AutoCloseable {

    private static final String ALIAS = "camera";
    private static final char[] WORD = "changeit".toCharArray();

    /** Makes a new one. */
    public static Certificate selfSigned() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("oriel-certificate");
        Path store = folder.resolve("store.p12");
        try {
            keytool(store);
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(new ByteArrayInputStream(Files.readAllBytes(store)), WORD);
            byte[] certificate = made.getCertificate(ALIAS).getEncoded();
            byte[] key = made.getKey(ALIAS, WORD).getEncoded();
            Path file = Files.createTempFile(
                    "oriel-certificate",
                    ".pem",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem("CERTIFICATE", certificate) + pem("PRIVATE KEY", key));
            return new Certificate(file, MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException("No certificate could be made", e);
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    // RSA, since GnuTLS does not read the JDK's keys of elliptic curves.
    private static void keytool(Path store) throws IOException, InterruptedException {
        String tool = ChildProcess.ofThisJdk("keytool");
        Process process = new ProcessBuilder(List.of(
                        tool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=camera",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(WORD)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (!Files.exists(store)) {
            throw new IOException("keytool made no certificate");
        }
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
