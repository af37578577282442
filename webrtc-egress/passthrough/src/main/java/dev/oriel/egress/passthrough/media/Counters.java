package dev.oriel.egress.passthrough.media;

import dev.oriel.api.viewer.ViewerStatus.Reception;

/** What is counted about one viewer: written by the thread that sends, read by anyone. */
public final class Counters {

    private volatile long packetsSent;
    private volatile long bytesSent;
    private volatile long packetsLost;
    private volatile long nacks;
    private volatile long pictureRequests;
    private volatile long unsendable;
    private volatile Reception reception = Reception.NONE;

    void sent(int payloadBytes) {
        packetsSent = packetsSent + 1;
        bytesSent = bytesSent + payloadBytes;
    }

    void lost(long packets) {
        packetsLost = packets;
    }

    void received(Reception reported) {
        reception = reported;
    }

    void nacked(int packets) {
        nacks = nacks + packets;
    }

    void pictureRequested() {
        pictureRequests = pictureRequests + 1;
    }

    void unsendable() {
        unsendable = unsendable + 1;
    }

    /** RTP packets sent, retransmissions included. */
    public long packetsSent() {
        return packetsSent;
    }

    /** Payload bytes sent. */
    public long bytesSent() {
        return bytesSent;
    }

    /** What the viewer last reported as lost. */
    public long packetsLost() {
        return packetsLost;
    }

    /** What the viewer last reported of the way its media took. */
    public Reception reception() {
        return reception;
    }

    /** Retransmissions asked for. */
    public long nacks() {
        return nacks;
    }

    /** Keyframes asked for. */
    public long pictureRequests() {
        return pictureRequests;
    }

    /** Packets the socket had no room for. */
    public long unsent() {
        return unsendable;
    }
}
