package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;

/** One DTLS handshake that agrees on SRTP keys, from either side: servers differ in which of them they take. */
final class Handshake {

    /**
     * What came of it.
     *
     * @param own what we encrypt under
     * @param remote what the server encrypts under
     * @param transport to say goodbye by
     */
    record Done(MasterKey own, MasterKey remote, DTLSTransport transport) {}

    private Handshake() {}

    /** As client, which begins; blocks. */
    static Done client(ViewerIdentity identity, Pipe pipe, int timeoutMillis) throws IOException {
        SrtpClient client = new SrtpClient(identity, timeoutMillis);
        DTLSTransport transport = new DTLSClientProtocol().connect(client, pipe);
        SrtpProfile profile = client.agreed().profile();
        byte[] exported = client.agreed().exported();
        return new Done(MasterKey.ofClient(profile, exported), MasterKey.ofServer(profile, exported), transport);
    }

    /** As client that is never heard again after its first datagram. */
    static void greet(ViewerIdentity identity, Pipe pipe) {
        AtomicBoolean said = new AtomicBoolean();
        Pipe muted = new Pipe(datagram -> {
            if (said.compareAndSet(false, true)) {
                pipe.send(datagram, 0, datagram.length);
            }
        });
        try {
            client(identity, muted, 1);
        } catch (IOException e) {
            // Nothing else can come of it.
        }
    }

    /** As server; blocks until the other side has begun and finished. */
    static Done server(ViewerIdentity identity, Pipe pipe, int timeoutMillis) throws IOException {
        SrtpServer server = new SrtpServer(identity, timeoutMillis);
        DTLSTransport transport = new DTLSServerProtocol().accept(server, pipe);
        SrtpProfile profile = server.agreed().profile();
        byte[] exported = server.agreed().exported();
        return new Done(MasterKey.ofServer(profile, exported), MasterKey.ofClient(profile, exported), transport);
    }
}
