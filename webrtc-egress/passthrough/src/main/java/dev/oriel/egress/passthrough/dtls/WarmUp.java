package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.srtp.MasterKey;
import java.util.List;
import java.util.function.Consumer;

/** A handshake with oneself in memory, so that the first viewer does not wait for half a second of class loading. */
public final class WarmUp {

    private final DtlsIdentity identity;

    /** A warm-up of the code behind this identity. */
    public WarmUp(DtlsIdentity identity) {
        this.identity = identity;
    }

    /** Starts to shake hands, on two workers; it is over when it is over. */
    public void run(DtlsWorkers workers) {
        Wire toServer = new Wire();
        Wire toClient = new Wire();
        DtlsSession server = session(DtlsSession.Role.SERVER, workers, toClient);
        DtlsSession client = session(DtlsSession.Role.CLIENT, workers, toServer);
        toServer.end = server::receive;
        toClient.end = client::receive;
        client.start();
    }

    private DtlsSession session(DtlsSession.Role role, DtlsWorkers workers, Wire wire) {
        Ending ending = new Ending();
        DtlsSession session = new DtlsSession(role, identity, List.of(identity.fingerprint()), workers, wire, ending);
        ending.end = session::close;
        return session;
    }

    /** Whoever is done first says goodbye, and the other follows. */
    private static final class Ending implements DtlsSession.Events {
        private volatile Runnable end = () -> {};

        @Override
        public void secured(MasterKey own, MasterKey viewers) {
            end.run();
        }

        @Override
        public void received(byte[] data) {
            // Nothing is sent.
        }

        @Override
        public void over(String sentence) {
            end.run();
        }
    }

    /** The way from one half to the other, which is made after it. */
    private static final class Wire implements Consumer<byte[]> {
        private volatile Consumer<byte[]> end = datagram -> {};

        @Override
        public void accept(byte[] datagram) {
            end.accept(datagram);
        }
    }
}
