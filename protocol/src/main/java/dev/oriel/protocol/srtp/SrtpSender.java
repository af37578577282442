package dev.oriel.protocol.srtp;

import java.nio.ByteBuffer;

/**
 * Encrypts what one side sends. Confined to one thread; the arrays in and out are different ones.
 *
 * <p>The sequence number's wraps are counted by the caller, who numbers the packets anyway: a packet goes by its index, which is
 * the count of wraps times 65536 plus the number (RFC 3711 section 3.3.1). One that is sent again has the same index.
 */
public final class SrtpSender {

    /** The most bytes by which a packet grows, control packets included. */
    public static final int MAX_GROWTH = 20;

    private static final int MAX_CONTROL_INDEX = Integer.MAX_VALUE;

    private final PacketCipher media;
    private final PacketCipher control;
    private int controlIndex;

    /** A sender that starts with control packet number 1. */
    public SrtpSender(MasterKey master) {
        this(
                PacketCipher.of(master.profile(), SessionKeys.forMedia(master)),
                PacketCipher.of(master.profile(), SessionKeys.forControl(master)),
                0);
    }

    SrtpSender(PacketCipher media, PacketCipher control, int controlIndex) {
        this.media = media;
        this.control = control;
        this.controlIndex = controlIndex;
    }

    /**
     * Encrypts a media packet from the start of one array to the start of another.
     *
     * @param index 48 bits; its lower 16 are the packet's sequence number
     * @return the length in {@code out}
     * @throws IllegalArgumentException if the packet is shorter than its header
     */
    public int protect(byte[] packet, int length, long index, byte[] out) {
        int header = RtpHeaderLength.of(packet, 0, length);
        if (header < 0) {
            throw new IllegalArgumentException("An RTP packet of " + length + " bytes ends within its header");
        }
        return media.sealMedia(packet, header, length, ByteBuffer.wrap(packet).getInt(8), index, out);
    }

    /** Encrypts a compound control packet from the start of one array to the start of another; returns the length there. */
    public int protectControl(byte[] packet, int length, byte[] out) {
        controlIndex = controlIndex == MAX_CONTROL_INDEX ? 0 : controlIndex + 1;
        return control.sealControl(packet, length, ByteBuffer.wrap(packet).getInt(4), controlIndex, out);
    }
}
