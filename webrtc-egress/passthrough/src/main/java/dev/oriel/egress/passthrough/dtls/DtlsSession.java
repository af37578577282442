package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.webrtc.Fingerprint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's DTLS: a handshake on a worker thread, and afterwards a worker's moment for each late datagram, to read data and to
 * see the viewer say goodbye. No thread waits between.
 *
 * <p>The methods may be called from any thread and return at once; the events come on worker threads, one at a time.
 */
public final class DtlsSession {

    /** Who of the two begins the handshake. */
    public enum Role {
        /** We begin, at {@link #start}. */
        CLIENT,
        /** The viewer begins. */
        SERVER
    }

    /** What becomes of it. */
    public interface Events {
        /** The handshake is done, and this is what it agreed on: what we encrypt under, and what the viewer does. */
        void secured(MasterKey own, MasterKey viewers);

        /** The viewer has sent data within the session; never before {@link #secured}. */
        void received(byte[] data);

        /** It failed, or the viewer has ended it. */
        void over(String sentence);
    }

    private static final int BUFFER_BYTES = 2048;

    private final Role role;
    private final DtlsIdentity identity;
    private final Agreement agreement;
    private final DtlsWorkers workers;
    private final Events events;
    private final DatagramQueue datagrams;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable DTLSTransport established;

    /**
     * A session that waits for the viewer's first datagram, or to be started.
     *
     * @param allowed what the viewer's certificate must match one of
     * @param send sends a datagram to the viewer; called on worker threads, and on that of {@link #send} and {@link #close}
     */
    public DtlsSession(
            Role role,
            DtlsIdentity identity,
            List<Fingerprint> allowed,
            DtlsWorkers workers,
            Consumer<byte[]> send,
            Events events) {
        this.role = role;
        this.identity = identity;
        this.agreement = new Agreement(identity, allowed);
        this.workers = workers;
        this.events = events;
        this.datagrams = new DatagramQueue(send, workers::makesRoom);
    }

    /** Begins the handshake where that is ours to do; nothing happens the second time, or in the other role. */
    public void start() {
        if (role == Role.CLIENT && !closed) {
            begin();
        }
    }

    /** Takes a datagram of the viewer. */
    public void receive(byte[] datagram) {
        if (closed) {
            return;
        }
        datagrams.offer(datagram);
        if (established != null) {
            readSoon();
        } else if (role == Role.SERVER) {
            begin();
        }
    }

    /** Sends data within the session; nothing happens before the handshake is done and after it is closed. */
    public void send(byte[] data) {
        DTLSTransport done = established;
        if (done == null || closed) {
            return;
        }
        synchronized (this) {
            try {
                done.send(data, 0, data.length);
            } catch (IOException | RuntimeException e) {
                // As if it were lost on its way; a session that is broken shows when it is read.
            }
        }
    }

    /** Ends it: a handshake that runs is given up, a finished one is told to the viewer with close_notify. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        DTLSTransport done = established;
        if (done == null) {
            datagrams.abort();
        } else {
            synchronized (this) {
                try {
                    done.close();
                } catch (IOException e) {
                    // The viewer then finds out by silence.
                }
            }
        }
    }

    private void begin() {
        if (started.compareAndSet(false, true)) {
            try {
                workers.handshake(this::handshake);
            } catch (RejectedExecutionException e) {
                events.over("Too many viewers are connecting at once.");
            }
        }
    }

    private void handshake() {
        if (closed) {
            return;
        }
        try {
            DTLSTransport transport = shakeHands();
            MasterKey ofClient = agreement.ofClient();
            MasterKey ofServer = agreement.ofServer();
            datagrams.stopBlocking();
            // Nothing is read before those who listen know the keys.
            reading.set(true);
            established = transport;
            if (closed) {
                transport.close();
                return;
            }
            boolean client = role == Role.CLIENT;
            events.secured(client ? ofClient : ofServer, client ? ofServer : ofClient);
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                events.over("The DTLS handshake with the viewer failed: " + e.getMessage() + ".");
            }
            return;
        }
        reading.set(false);
        readSoon();
    }

    private DTLSTransport shakeHands() throws IOException {
        return role == Role.CLIENT
                ? new DTLSClientProtocol().connect(new SrtpTlsClient(identity, agreement), datagrams)
                : new DTLSServerProtocol().accept(new SrtpTlsServer(identity, agreement), datagrams.ofClient());
    }

    private void readSoon() {
        if (reading.compareAndSet(false, true)) {
            try {
                workers.late(this::readLate);
            } catch (RejectedExecutionException e) {
                // The next datagram tries again.
                reading.set(false);
            }
        }
    }

    private void readLate() {
        DTLSTransport now = established;
        boolean over = now == null || read(now);
        reading.set(false);
        if (over) {
            if (!closed) {
                events.over("The viewer has ended the session.");
            }
        } else if (!datagrams.isEmpty() && !closed) {
            readSoon();
        }
    }

    /** Reads what has come; whether the session is over. */
    private boolean read(DTLSTransport transport) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (!closed && !agreement.isOver()) {
                int length;
                synchronized (this) {
                    length = transport.receive(buffer, 0, buffer.length, 1);
                }
                if (length > 0) {
                    events.received(Arrays.copyOf(buffer, length));
                }
            }
        } catch (InterruptedIOException e) {
            // That was all; the session goes on.
        } catch (IOException | RuntimeException e) {
            return true;
        }
        return agreement.isOver();
    }
}
