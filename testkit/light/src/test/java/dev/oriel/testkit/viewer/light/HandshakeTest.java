package dev.oriel.testkit.viewer.light;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.oriel.protocol.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Both halves against each other. */
class HandshakeTest {

    private final ViewerIdentity identity = ViewerIdentity.create(new SecureRandom(), 1_700_000_000_000L);

    @Test
    void clientAndServer_shakeHands_agreeOnKeys() throws Exception {
        CompletableFuture<Pipe> toServer = new CompletableFuture<>();
        Pipe client = new Pipe(datagram -> toServer.join().offer(datagram));
        Pipe server = new Pipe(client::offer);
        toServer.complete(server);

        CompletableFuture<Handshake.Done> served = CompletableFuture.supplyAsync(() -> {
            try {
                return Handshake.server(identity, server, 10_000);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Handshake.Done asked = Handshake.client(identity, client, 10_000);
        Handshake.Done answered = served.get(10, TimeUnit.SECONDS);

        assertEquals(SrtpProfile.AEAD_AES_128_GCM, asked.own().profile());
        assertEquals(asked.own(), answered.remote());
        assertEquals(asked.remote(), answered.own());
        assertNotEquals(asked.own(), asked.remote());
    }
}
