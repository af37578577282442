package dev.oriel.protocol.rtp.picture;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameter sets of a track by their numbers, as far as they make sense. */
final class KnownSets {

    private static final int MOST = 32;

    private final Map<Integer, SequenceInfo> sequences = new HashMap<>();
    private final Map<Integer, PictureSetInfo> pictureSets = new HashMap<>();

    void clear() {
        sequences.clear();
        pictureSets.clear();
    }

    void put(SequenceInfo sequence) {
        if (sequences.size() < MOST || sequences.containsKey(sequence.id())) {
            sequences.put(sequence.id(), sequence);
        }
    }

    void put(PictureSetInfo set) {
        if (pictureSets.size() < MOST || pictureSets.containsKey(set.id())) {
            pictureSets.put(set.id(), set);
        }
    }

    /** A picture parameter set; one that never came is taken for one that says nothing unusual. */
    PictureSetInfo pictureSet(int id) {
        PictureSetInfo known = pictureSets.get(id);
        return known != null ? known : new PictureSetInfo(id, 0, 0, false);
    }

    /** The sequence parameter set behind a picture parameter set; the only one there is, if that is not known. */
    Optional<SequenceInfo> sequence(int pictureSetId) {
        SequenceInfo known = sequences.get(pictureSet(pictureSetId).sequenceId());
        return known != null ? Optional.of(known) : only();
    }

    /** The only sequence parameter set there is. */
    Optional<SequenceInfo> only() {
        return sequences.size() == 1 ? Optional.of(sequences.values().iterator().next()) : Optional.empty();
    }
}
