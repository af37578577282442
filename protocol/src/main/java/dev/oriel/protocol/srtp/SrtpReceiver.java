package dev.oriel.protocol.srtp;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts what the other side sends, and lets each packet through once. Confined to one thread.
 *
 * <p>Sources are told apart; of more than {@value #MAX_SOURCES} the further ones are refused, so that a viewer cannot fill the
 * memory with them. A packet that is forged, repeated or broken is answered with nothing and changes nothing.
 */
public final class SrtpReceiver {

    private static final int MAX_SOURCES = 32;
    private static final int MIN_CONTROL_BYTES = 12;

    private final Supplier<PacketCipher> makeMedia;
    private final PacketCipher control;
    private final Map<Integer, ReplayWindow> mediaWindows = new HashMap<>(2);
    private final Map<Integer, ReplayWindow> controlWindows = new HashMap<>(2);
    /** Made when it is needed: of most viewers nothing but control packets ever comes. */
    private @Nullable PacketCipher media;

    /** A receiver that has heard nothing yet. */
    public SrtpReceiver(MasterKey master) {
        this(
                () -> PacketCipher.of(master.profile(), SessionKeys.forMedia(master)),
                PacketCipher.of(master.profile(), SessionKeys.forControl(master)));
    }

    SrtpReceiver(Supplier<PacketCipher> media, PacketCipher control) {
        this.makeMedia = media;
        this.control = control;
    }

    /**
     * Decrypts a media packet into the start of another array, which is at least as long.
     *
     * @return the length there
     */
    public OptionalInt unprotect(byte[] packet, int offset, int length, byte[] out) {
        int header = RtpHeaderLength.of(packet, offset, length);
        if (header < 0) {
            return OptionalInt.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(packet);
        int ssrc = in.getInt(offset + 8);
        ReplayWindow window = window(mediaWindows, ssrc);
        long index = index(window.highest(), in.getShort(offset + 2) & 0xffff);
        if (index < 0 || !window.isNew(index)) {
            return OptionalInt.empty();
        }
        PacketCipher cipher = media;
        if (cipher == null) {
            cipher = makeMedia.get();
            media = cipher;
        }
        return note(
                mediaWindows, ssrc, window, index, cipher.openMedia(packet, offset, header, length, ssrc, index, out));
    }

    /** The same for a compound control packet. */
    public OptionalInt unprotectControl(byte[] packet, int offset, int length, byte[] out) {
        if (length < MIN_CONTROL_BYTES + tagBytes()) {
            return OptionalInt.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(packet);
        int ssrc = in.getInt(offset + 4);
        int trailer = in.getInt(offset + length - 4 - (control instanceof GcmCipher ? 0 : tagBytes()));
        long index = trailer & 0x7fff_ffffL;
        ReplayWindow window = window(controlWindows, ssrc);
        if (!window.isNew(index)) {
            return OptionalInt.empty();
        }
        return note(
                controlWindows, ssrc, window, index, control.openControl(packet, offset, length, ssrc, trailer, out));
    }

    private int tagBytes() {
        return control instanceof GcmCipher
                ? SrtpProfile.AEAD_AES_128_GCM.tagBytes()
                : SrtpProfile.AES128_CM_HMAC_SHA1_80.tagBytes();
    }

    private static ReplayWindow window(Map<Integer, ReplayWindow> windows, int ssrc) {
        ReplayWindow known = windows.get(ssrc);
        return known == null ? new ReplayWindow() : known;
    }

    private static OptionalInt note(
            Map<Integer, ReplayWindow> windows, int ssrc, ReplayWindow window, long index, int length) {
        if (length == PacketCipher.FORGED || windows.size() >= MAX_SOURCES && !windows.containsKey(ssrc)) {
            return OptionalInt.empty();
        }
        window.note(index);
        windows.put(ssrc, window);
        return OptionalInt.of(length);
    }

    /** The index nearest to the highest one that has this sequence number (RFC 3711 section 3.3.1). */
    private static long index(long highest, int sequenceNumber) {
        return highest < 0 ? sequenceNumber : highest + (short) (sequenceNumber - (int) highest);
    }
}
