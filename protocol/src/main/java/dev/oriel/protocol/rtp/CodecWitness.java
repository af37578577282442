package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.rtp.nal.AnnexB;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.picture.SequenceInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells H.264 from H.265 by what is sent, as some cameras (EZVIZ) describe the one and send the other.
 *
 * <p>It is convinced by a sequence parameter set that makes sense and a picture parameter set of the other codec, with none
 * that makes sense in the codec described between them. No header of a parameter set of one is one of the other.
 */
final class CodecWitness {

    private static final int MAX_SETS = 8;

    private final NalSyntax described;
    private final NalSyntax other;
    private final List<Bytes> sets = new ArrayList<>();
    private boolean sequence;
    private boolean picture;

    CodecWitness(NalSyntax described) {
        this.described = described;
        this.other = described == NalSyntax.H264 ? NalSyntax.H265 : NalSyntax.H264;
    }

    /** Looks at a payload; answers whether it is clear by now that what is sent is {@link #other}. */
    boolean isOther(byte[] bytes, int offset, int length) {
        if (AnnexB.startsWithCode(bytes, offset, length)) {
            AnnexB.split(bytes, offset, length, (b, at, n, last) -> look(b, at, n));
        } else if (length > 2) {
            boolean aggregate = other.roleOf(other.header(bytes, offset)) == NalSyntax.Role.AGGREGATE;
            if (aggregate) {
                lookWithin(bytes, offset + other.headerBytes(), offset + length);
            } else {
                look(bytes, offset, length);
            }
        }
        return sequence && picture;
    }

    /** The codec that is not described. */
    NalSyntax other() {
        return other;
    }

    /** The parameter sets that were convincing. */
    List<Bytes> sets() {
        return List.copyOf(sets);
    }

    private void lookWithin(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at + 2 <= end) {
            int length = RtpView.unsigned16(bytes, at);
            at += 2;
            if (length > end - at) {
                return;
            }
            look(bytes, at, length);
            at += length;
        }
    }

    private void look(byte[] bytes, int offset, int length) {
        if (ParameterSets.isSet(described, bytes, offset, length)
                && SequenceInfo.of(described, bytes, offset, length).isPresent()) {
            sets.clear();
            sequence = false;
            picture = false;
        } else if (ParameterSets.isSet(other, bytes, offset, length) && sets.size() < MAX_SETS) {
            sets.add(Bytes.copyOf(bytes, offset, length));
            int type = other.type(other.header(bytes, offset));
            sequence |= SequenceInfo.of(other, bytes, offset, length).isPresent();
            picture |= type == (other == NalSyntax.H264 ? 8 : 34);
        }
    }
}
