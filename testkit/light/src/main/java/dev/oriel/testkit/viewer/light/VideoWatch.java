package dev.oriel.testkit.viewer.light;

/** Whoever looks at one viewer's video. Called on the viewers' one thread, so it must be quick. */
public interface VideoWatch {

    /** One that looks at nothing. */
    VideoWatch NOTHING = new VideoWatch() {
        @Override
        public boolean payload(byte[] packet, int offset, int length) {
            return true;
        }

        @Override
        public void frame(boolean whole, boolean keyframe, long arrivedNanos) {
            // Not asked for.
        }
    };

    /**
     * The payload of a packet in clear.
     *
     * @return whether enough is known of this frame; if not, the next packet of it is shown as well, up to a few
     */
    boolean payload(byte[] packet, int offset, int length);

    /**
     * A frame is over.
     *
     * @param whole whether every packet came, in order
     * @param keyframe whether it begins a group of pictures; known only of frames that were looked into
     * @param arrivedNanos when its last packet was read
     */
    void frame(boolean whole, boolean keyframe, long arrivedNanos);
}
