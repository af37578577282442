package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.util.List;
import java.util.function.Consumer;

/** H.264 or H.265, whichever of them comes: where it is not the one described, it is told as the one it is. */
final class H26xNormaliser implements Normaliser {

    private final NalSyntax described;
    private final NumberedPackets out;
    private final Consumer<Codec> onChange;
    private NalSyntax sent;
    private NalNormaliser normaliser;
    private CodecWitness witness;
    private long malformed;

    /**
     * @param sets parameter sets from the camera's description
     * @param numbered whether it promises decoding order numbers; H.265 only
     * @param onChange told the codec with its new parameter sets, before the packets that need them
     */
    H26xNormaliser(
            NalSyntax described, List<Bytes> sets, boolean numbered, NumberedPackets out, Consumer<Codec> onChange) {
        this.described = described;
        this.out = out;
        this.onChange = onChange;
        this.sent = described;
        this.normaliser = new NalNormaliser(described, sets, numbered, out, onChange);
        this.witness = new CodecWitness(described);
    }

    @Override
    public void receive(RtpView packet, SequenceTracker.Arrival arrival, long timeNanos) {
        if (witness.isOther(packet.bytes(), packet.payloadOffset(), packet.payloadLength())) {
            malformed += normaliser.malformed();
            sent = witness.other();
            normaliser = new NalNormaliser(sent, witness.sets(), false, out, onChange);
            out.leaveGap();
            onChange.accept(sent.codec(witness.sets()));
            witness = new CodecWitness(sent);
        }
        normaliser.receive(packet, arrival, timeNanos);
    }

    @Override
    public long malformed() {
        return malformed + normaliser.malformed();
    }

    @Override
    public boolean isOutOfOrder() {
        return normaliser.isOutOfOrder();
    }

    @Override
    public List<String> remarks() {
        return sent == described
                ? List.of()
                : List.of("The camera describes its video as " + described + " and sends " + sent + ".");
    }
}
