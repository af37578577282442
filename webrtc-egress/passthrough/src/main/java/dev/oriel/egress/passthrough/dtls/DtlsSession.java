package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.webrtc.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's DTLS: a handshake on a worker thread, and afterwards a worker's moment for each late datagram, to see the viewer
 * say goodbye. No thread waits between.
 *
 * <p>{@link #receive} and {@link #close} may be called from any thread and return at once; the events come on worker threads.
 */
public final class DtlsSession {

    /** What becomes of it. */
    public interface Events {
        /** The handshake is done, and this is what it agreed on: what we encrypt under, and what the viewer does. */
        void secured(MasterKey own, MasterKey viewers);

        /** It failed, or the viewer has ended it. */
        void over(String sentence);
    }

    private final DtlsIdentity identity;
    private final List<Fingerprint> allowed;
    private final Executor workers;
    private final Events events;
    private final DatagramQueue datagrams;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Established established;

    private record Established(DTLSTransport transport, SrtpTlsServer server) {}

    /**
     * A session that waits for the viewer's first datagram.
     *
     * @param allowed what the viewer's certificate must match one of
     * @param send sends a datagram to the viewer; called on worker threads
     */
    public DtlsSession(
            DtlsIdentity identity, List<Fingerprint> allowed, Executor workers, Consumer<byte[]> send, Events events) {
        this.identity = identity;
        this.allowed = allowed;
        this.workers = workers;
        this.events = events;
        this.datagrams = new DatagramQueue(send);
    }

    /** Takes a datagram of the viewer. */
    public void receive(byte[] datagram) {
        if (closed) {
            return;
        }
        datagrams.offer(datagram);
        try {
            if (started.compareAndSet(false, true)) {
                workers.execute(this::handshake);
            } else if (established != null && reading.compareAndSet(false, true)) {
                workers.execute(this::readLate);
            }
        } catch (RejectedExecutionException e) {
            events.over("Too many viewers are connecting at once.");
        }
    }

    /** Ends it: a handshake that runs is given up, a finished one is told to the viewer with close_notify. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Established done = established;
        if (done == null) {
            datagrams.abort();
        } else {
            synchronized (this) {
                try {
                    done.transport().close();
                } catch (IOException e) {
                    // The viewer then finds out by silence.
                }
            }
        }
    }

    private void handshake() {
        SrtpTlsServer server = new SrtpTlsServer(identity, allowed);
        try {
            DTLSTransport transport = new DTLSServerProtocol().accept(server, datagrams);
            SrtpProfile profile = server.profile().orElseThrow(() -> new IOException("No SRTP profile was agreed on"));
            datagrams.stopBlocking();
            established = new Established(transport, server);
            if (closed) {
                transport.close();
                return;
            }
            events.secured(
                    MasterKey.ofServer(profile, server.exported()), MasterKey.ofClient(profile, server.exported()));
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                events.over("The DTLS handshake with the viewer failed: " + e.getMessage() + ".");
            }
        }
    }

    private void readLate() {
        Established now = established;
        byte[] buffer = new byte[2048];
        boolean over = false;
        while (now != null && !closed && !over && !datagrams.isEmpty()) {
            try {
                synchronized (this) {
                    now.transport().receive(buffer, 0, buffer.length, 1);
                }
                over = now.server().isOver();
            } catch (IOException | RuntimeException e) {
                over = true;
            }
        }
        reading.set(false);
        if (over) {
            events.over("The viewer has ended the session.");
        } else if (!datagrams.isEmpty() && !closed && reading.compareAndSet(false, true)) {
            workers.execute(this::readLate);
        }
    }
}
