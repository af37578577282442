package dev.oriel.egress.passthrough.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.webrtc.Fingerprint;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both sides of a handshake, over links that may do what networks do. In real time, since Bouncy Castle waits by the clock. */
class DtlsSessionTest {

    private static final Logger LOG = LoggerFactory.getLogger(DtlsSessionTest.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsIdentity VIEWER = DtlsIdentity.create(RANDOM, System.currentTimeMillis());
    private static final DtlsIdentity OURS = DtlsIdentity.create(RANDOM, System.currentTimeMillis());
    private static final ThreadPoolExecutor HANDSHAKES = pool(16);
    private static final ThreadPoolExecutor LATE = pool(2);
    private static final DtlsWorkers WORKERS = DtlsWorkers.on(HANDSHAKES, LATE);

    @BeforeAll
    static void warmUp() throws Exception {
        new Pair(1, 0).begin().server.keys();
    }

    @AfterAll
    static void stop() {
        HANDSHAKES.shutdownNow();
        LATE.shutdownNow();
    }

    private static ThreadPoolExecutor pool(int threads) {
        return new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    /** A client and a server of ours, the client in the place of a browser. */
    private static final class Pair {
        final Outcome server = new Outcome();
        final Outcome client = new Outcome();
        final LossyLink toServer;
        final LossyLink toClient;
        final DtlsSession serving;
        final DtlsSession asking;

        Pair(long seed, double loss) {
            this(seed, loss, List.of(VIEWER.fingerprint()), List.of(OURS.fingerprint()));
        }

        Pair(long seed, double loss, List<Fingerprint> ofClient, List<Fingerprint> ofServer) {
            toServer = new LossyLink(seed, loss);
            toClient = new LossyLink(seed + 1, loss);
            serving = new DtlsSession(DtlsSession.Role.SERVER, OURS, ofClient, WORKERS, toClient, server);
            asking = new DtlsSession(DtlsSession.Role.CLIENT, VIEWER, ofServer, WORKERS, toServer, client);
            toServer.leadTo(serving::receive);
            toClient.leadTo(asking::receive);
        }

        Pair begin() {
            asking.start();
            return this;
        }
    }

    @Test
    void handshake_ofBothRoles_givesEachTheOthersKeys() throws Exception {
        Pair pair = new Pair(1, 0).begin();

        assertEquals(pair.server.keys().get(0), pair.client.keys().get(1));
        assertEquals(pair.server.keys().get(1), pair.client.keys().get(0));
        assertFalse(pair.server.keys().get(0).equals(pair.server.keys().get(1)));
    }

    @Test
    void data_goesBothWaysAfterTheHandshake_andTheEndIsTold() throws Exception {
        Pair pair = new Pair(1, 0).begin();
        pair.server.keys();
        pair.client.keys();

        pair.asking.send(new byte[] {1, 2, 3});
        pair.serving.send(new byte[1130]);

        assertArrayEquals(new byte[] {1, 2, 3}, pair.server.data.poll(10, TimeUnit.SECONDS));
        assertArrayEquals(new byte[1130], pair.client.data.poll(10, TimeUnit.SECONDS));
        pair.serving.close();
        assertEquals("The viewer has ended the session.", pair.client.sentence());
        pair.serving.send(new byte[10]);
        assertNull(pair.client.data.poll(100, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1", "10, 2", "20, 3", "20, 4", "30, 5", "30, 6", "30, 7", "30, 8", "30, 9", "30, 10", "30, 11", "30, 12"
    })
    void handshake_overALossyNetwork_succeeds(int percent, long seed) throws Exception {
        long began = System.nanoTime();
        Pair pair = new Pair(seed, percent / 100.0).begin();

        assertEquals(pair.server.keys().get(0), pair.client.keys().get(1));
        LOG.info("{} % lost each way: {} ms", percent, (System.nanoTime() - began) / 1_000_000);
    }

    /** A session of ours at the other end of a transport. */
    private static void serve(SmallTransport transport, Outcome outcome) {
        DtlsSession session = new DtlsSession(
                DtlsSession.Role.SERVER,
                OURS,
                List.of(VIEWER.fingerprint()),
                WORKERS,
                transport.received::add,
                outcome);
        transport.receiver = session::receive;
    }

    /** Browsers send a hello of more than one datagram. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hello_inFragments_isPutTogetherInAnyOrder(boolean shuffled) throws Exception {
        Outcome outcome = new Outcome();
        SmallTransport transport = new SmallTransport(shuffled);
        serve(transport, outcome);
        Agreement agreement = new Agreement(VIEWER, List.of(OURS.fingerprint()));

        new DTLSClientProtocol().connect(new SrtpTlsClient(VIEWER, agreement), transport);

        assertEquals(agreement.ofServer(), outcome.keys().get(0));
        assertTrue(transport.largest <= SmallTransport.LIMIT, "largest datagram " + transport.largest);
        assertTrue(transport.first > 1, "datagrams of the hello: " + transport.first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-1", "sha-224", "sha-256", "sha-384", "sha-512"})
    void fingerprint_ofAnyHash_isChecked(String algorithm) throws Exception {
        byte[] certificate = VIEWER.certificate().getCertificateAt(0).getEncoded();
        byte[] right = MessageDigest.getInstance(algorithm.toUpperCase()).digest(certificate);
        byte[] wrong = right.clone();
        wrong[3] ^= 1;

        Pair good = new Pair(
                        1, 0, List.of(print(algorithm, wrong), print(algorithm, right)), List.of(OURS.fingerprint()))
                .begin();
        Pair bad = new Pair(1, 0, List.of(print(algorithm, wrong)), List.of(OURS.fingerprint())).begin();

        good.server.keys();
        assertTrue(bad.server.sentence().contains("bad_certificate"), bad.server.sentence());
        assertFalse(bad.client.secured.isDone() && !bad.client.secured.isCompletedExceptionally());
    }

    @Test
    void fingerprint_ofAServerThatIsAnother_endsTheHandshakeThatWeBegin() throws Exception {
        Pair pair = new Pair(1, 0, List.of(VIEWER.fingerprint()), List.of(VIEWER.fingerprint())).begin();

        assertTrue(pair.client.sentence().contains("bad_certificate"), pair.client.sentence());
        assertTrue(pair.server.sentence().startsWith("The DTLS handshake with the viewer failed"));
    }

    private static Fingerprint print(String algorithm, byte[] digest) {
        return new Fingerprint(algorithm, Bytes.copyOf(digest));
    }

    @Test
    void hello_withoutSrtp_isRefused() throws Exception {
        Outcome outcome = new Outcome();
        SmallTransport transport = new SmallTransport(false);
        serve(transport, outcome);
        Thread client = new Thread(() -> {
            try {
                new DTLSClientProtocol().connect(withoutSrtp(), transport);
            } catch (Exception e) {
                // Refused, as it should be.
            }
        });
        client.start();

        assertTrue(outcome.sentence().contains("handshake_failure"), outcome.sentence());
        client.join();
    }

    private static AbstractTlsClient withoutSrtp() {
        return new org.bouncycastle.tls.DefaultTlsClient(VIEWER.crypto()) {
            @Override
            public org.bouncycastle.tls.ProtocolVersion[] getProtocolVersions() {
                return org.bouncycastle.tls.ProtocolVersion.DTLSv12.only();
            }

            @Override
            @SuppressWarnings({"rawtypes", "unchecked"})
            public Hashtable getClientExtensions() throws java.io.IOException {
                Hashtable extensions = super.getClientExtensions();
                extensions.remove(TlsSRTPUtils.EXT_use_srtp);
                return extensions;
            }

            @Override
            public org.bouncycastle.tls.TlsAuthentication getAuthentication() {
                throw new IllegalStateException("It does not come to that");
            }
        };
    }

    @Test
    void replayedAndForgedDatagrams_changeNothing() throws Exception {
        Pair pair = new Pair(1, 0).begin();
        pair.server.keys();
        pair.client.keys();
        pair.asking.send(new byte[] {7});
        assertNotNull(pair.server.data.poll(10, TimeUnit.SECONDS));

        List<byte[]> again = new ArrayList<>(pair.toServer.sent());
        Collections.shuffle(again, new Random(1));
        for (byte[] datagram : again) {
            pair.serving.receive(datagram.clone());
            byte[] forged = datagram.clone();
            forged[forged.length - 1] ^= 1;
            pair.serving.receive(forged);
            settle();
        }
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            byte[] garbage = new byte[1 + random.nextInt(i % 10 == 0 ? 60_000 : 1500)];
            random.nextBytes(garbage);
            garbage[0] = (byte) (20 + random.nextInt(44));
            pair.serving.receive(garbage);
            settle();
        }
        pair.asking.send(new byte[] {8});

        assertArrayEquals(new byte[] {8}, pair.server.data.poll(10, TimeUnit.SECONDS));
        assertFalse(pair.server.over.isDone());
    }

    /** Lets the worker read what waits: the way to it holds no more than a few datagrams. */
    private static void settle() throws Exception {
        for (int i = 0; i < 2; i++) {
            LATE.submit(() -> {}).get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void garbageDuringTheHandshake_doesNotEndIt() throws Exception {
        Pair pair = new Pair(1, 0);
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(1500)];
            random.nextBytes(garbage);
            garbage[0] = (byte) (20 + random.nextInt(44));
            pair.serving.receive(garbage);
        }
        pair.begin();

        assertEquals(pair.server.keys().get(0), pair.client.keys().get(1));
    }

    /** More viewers that say hello and nothing else than there are threads; without room being made, all would wait 12 s. */
    @Test
    void stuckHandshakes_makeRoomForOthers() throws Exception {
        ThreadPoolExecutor few = pool(4);
        ThreadPoolExecutor late = pool(1);
        try {
            DtlsWorkers workers = DtlsWorkers.on(few, late);
            Pair model = new Pair(1, 0).begin();
            model.server.keys();
            byte[] hello = model.toServer.sent().get(0);
            List<Outcome> stuck = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Outcome outcome = new Outcome();
                stuck.add(outcome);
                new DtlsSession(
                                DtlsSession.Role.SERVER,
                                OURS,
                                List.of(VIEWER.fingerprint()),
                                workers,
                                datagram -> {},
                                outcome)
                        .receive(hello.clone());
            }
            Outcome outcome = new Outcome();
            LossyLink toClient = new LossyLink(1, 0);
            LossyLink toServer = new LossyLink(2, 0);
            DtlsSession server = new DtlsSession(
                    DtlsSession.Role.SERVER, OURS, List.of(VIEWER.fingerprint()), workers, toClient, outcome);
            DtlsSession client = new DtlsSession(
                    DtlsSession.Role.CLIENT, VIEWER, List.of(OURS.fingerprint()), WORKERS, toServer, new Outcome());
            toServer.leadTo(server::receive);
            toClient.leadTo(client::receive);
            long began = System.nanoTime();
            client.start();

            outcome.keys();
            long millis = (System.nanoTime() - began) / 1_000_000;
            LOG.info("The 17th of 4 threads was served after {} ms", millis);
            assertTrue(millis < 10_000, "after " + millis + " ms");
            assertTrue(
                    stuck.get(0).sentence().contains("too slow while others were waiting"),
                    stuck.get(0).sentence());
        } finally {
            few.shutdownNow();
            late.shutdownNow();
        }
    }

    @Test
    void close_duringTheHandshake_freesTheThreadAtOnce() throws Exception {
        ThreadPoolExecutor one = pool(1);
        try {
            Pair model = new Pair(1, 0).begin();
            model.server.keys();
            DtlsSession session = new DtlsSession(
                    DtlsSession.Role.SERVER,
                    OURS,
                    List.of(VIEWER.fingerprint()),
                    DtlsWorkers.on(one, LATE),
                    datagram -> {},
                    new Outcome());
            session.receive(model.toServer.sent().get(0));
            session.close();

            one.submit(() -> {}).get(5, TimeUnit.SECONDS);
        } finally {
            one.shutdownNow();
        }
    }
}
