package dev.oriel.protocol.rtp.picture;

import java.util.List;

/**
 * How pictures of H.264 are ordered by {@code frame_num} alone ({@code pic_order_cnt_type} 1, section 8.2.1.2): reference
 * pictures are a cycle of steps apart.
 *
 * @param deltaInSlices whether slices may say something else
 * @param nonReferenceOffset how far a picture that no other needs is from where a reference picture would be
 * @param steps from one reference picture to the next
 */
record OrderCycle(boolean deltaInSlices, int nonReferenceOffset, List<Integer> steps) {

    OrderCycle {
        steps = List.copyOf(steps);
    }

    /**
     * The picture order count, but for what the slice adds to it.
     *
     * @param frame {@code frame_num} without its wrapping around
     */
    int count(long frame, boolean isReference) {
        long number = steps.isEmpty() ? 0 : frame;
        if (!isReference && number > 0) {
            number--;
        }
        long count = 0;
        if (number > 0) {
            long cycles = (number - 1) / steps.size();
            long perCycle = steps.stream().mapToLong(Integer::longValue).sum();
            int inCycle = (int) ((number - 1) % steps.size());
            count = cycles * perCycle;
            for (int i = 0; i <= inCycle; i++) {
                count += steps.get(i);
            }
        }
        return (int) (isReference ? count : count + nonReferenceOffset);
    }
}
