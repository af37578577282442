package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.EndReason;
import java.nio.ByteBuffer;

/** What a machine wants its shell to do. */
public sealed interface RtspAction {

    /**
     * Write to the connection.
     *
     * @param bytes given away
     */
    record Send(ByteBuffer bytes) implements RtspAction {}

    /**
     * Close the connection once everything is written, with all ports that were bound, and make another; then call
     * {@link RtspClientMachine#connected} or {@link RtspClientMachine#connectFailed}.
     *
     * <p>The place may have been named by the camera: the shell looks to it that its address is the one it was connected to
     * before, or of the same class (private to private, never link-local).
     *
     * @param to where to
     */
    record Connect(SourceLocation to) implements RtspAction {}

    /**
     * Bind a pair of UDP ports next to each other, the first even (RFC 3550 section 11); then call
     * {@link RtspClientMachine#portsBound} or {@link RtspClientMachine#portsFailed}.
     *
     * @param line what they are for, from 0
     */
    record BindPorts(int line) implements RtspAction {}

    /**
     * Join a multicast group on the interface that leads to the camera, for what the camera sends to it; call
     * {@link RtspClientMachine#portsFailed} if that cannot be done.
     *
     * @param line what it is for, from 0
     * @param group an address as the camera wrote it; the shell checks that it is one, and of a group
     * @param rtpPort 1 to 65535
     * @param rtcpPort 1 to 65535
     */
    record JoinGroup(int line, String group, int rtpPort, int rtcpPort) implements RtspAction {}

    /**
     * Take the datagrams of a line from this address besides the camera's own, and send to it what goes to the camera until
     * one of both has been heard from. The camera has named it: the shell does so only if it is an address, and one of the
     * class of the camera's (private to private, never link-local); else there is nothing to do.
     *
     * @param line whose datagrams, from 0
     * @param source as the camera wrote it
     */
    record AcceptFrom(int line, String source) implements RtspAction {}

    /**
     * Send a datagram to the camera's address, from the ports of a line.
     *
     * @param line whose ports
     * @param control whether from and to the second of them, for RTCP
     * @param port the camera's, 1 to 65535
     * @param bytes given away
     */
    record SendDatagram(int line, boolean control, int port, ByteBuffer bytes) implements RtspAction {}

    /**
     * Close the connection once everything is written, and all ports, and tell the reason; nothing follows.
     *
     * @param reason why it is over
     */
    record End(EndReason reason) implements RtspAction {}
}
