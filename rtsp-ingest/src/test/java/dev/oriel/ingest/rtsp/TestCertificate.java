package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.media.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate and its key, made by this Java's keytool.
 *
 * @param store holds both
 */
record TestCertificate(KeyStore store) {

    private static final String PASSWORD = "changeit";

    /** Makes one with these further arguments of keytool. */
    static TestCertificate make(Path folder, String... arguments) throws Exception {
        Path file = Files.createTempDirectory(folder, "key").resolve("camera.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "camera",
                "-keyalg",
                "EC",
                "-dname",
                "CN=camera",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(store);
    }

    /** The side of a server that has it. */
    SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** A store that trusts it. */
    KeyStore authorities() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("camera", store.getCertificate("camera"));
        return trusted;
    }

    Bytes sha256() throws GeneralSecurityException {
        return Bytes.copyOf(MessageDigest.getInstance("SHA-256")
                .digest(store.getCertificate("camera").getEncoded()));
    }

    String fingerprint() throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256().toArray());
    }
}
