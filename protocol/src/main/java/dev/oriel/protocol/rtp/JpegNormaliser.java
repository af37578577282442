package dev.oriel.protocol.rtp;

import dev.oriel.protocol.rtp.jpeg.JpegFile;
import dev.oriel.protocol.rtp.jpeg.JpegPayload;
import dev.oriel.protocol.rtp.jpeg.PictureSize;
import java.util.function.Consumer;

/**
 * JPEG as whole pictures. A picture of which a part is missing is dropped, and a number is left out; one whose marker is
 * missing ends where the next begins. Of interlaced pictures the odd lines are passed on: the two halves are files of their
 * own, and cannot be put together undecoded.
 */
final class JpegNormaliser implements Normaliser {

    /** The mark of header extensions that hold JPEG segments (ONVIF Streaming Specification, JPEG over RTP). */
    private static final int SEGMENTS = 0xffd8;

    private static final int EVEN_LINES = 2;

    private final JpegPayload payload = new JpegPayload();
    private final JpegFile file;
    private final NumberedPackets out;
    private final Consumer<PictureSize> onSize;
    private boolean open;
    private int timestamp;
    private long timeNanos;
    private long malformed;

    /**
     * @param described how large pictures are by the camera's description
     * @param onSize told the size of each picture before its packets
     */
    JpegNormaliser(PictureSize described, NumberedPackets out, Consumer<PictureSize> onSize) {
        this.file = new JpegFile(described);
        this.out = out;
        this.onSize = onSize;
    }

    @Override
    public void receive(RtpView packet, SequenceTracker.Arrival arrival, long captureNanos) {
        if (arrival == SequenceTracker.Arrival.AFTER_GAP) {
            lose();
        }
        if (!payload.moveTo(packet.bytes(), packet.payloadOffset(), packet.payloadLength())) {
            malformed++;
            lose();
            return;
        }
        if (payload.typeSpecific() == EVEN_LINES) {
            return;
        }
        boolean begins = payload.fragmentOffset() == 0;
        if (open && (begins || packet.timestamp() != timestamp)) {
            send();
        }
        if (begins) {
            timestamp = packet.timestamp();
            timeNanos = captureNanos;
            int extension = packet.extensionProfile() == SEGMENTS ? packet.extensionLength() : 0;
            open = file.begin(payload, packet.bytes(), packet.extensionOffset(), extension);
            take();
        } else if (open) {
            take();
        }
        if (open && packet.marker()) {
            send();
        }
    }

    @Override
    public long malformed() {
        return malformed;
    }

    private void take() {
        if (!open || !file.append(payload)) {
            malformed++;
            lose();
        }
    }

    private void lose() {
        open = false;
        out.leaveGap();
    }

    private void send() {
        open = false;
        onSize.accept(file.size());
        byte[] whole = file.end();
        out.beginKeyframe();
        out.addCut(timestamp, true, timeNanos, whole, 0, whole.length);
    }
}
