package dev.oriel.testkit.viewer;

/** One section that a viewer puts in its offer, in the order wanted. */
public enum Want {
    /** A {@code recvonly} video section with every codec libwebrtc decodes: VP8, VP9, H.264, AV1; never H.265. */
    VIDEO,
    /** A {@code recvonly} audio section: Opus, G.722, PCMU, PCMA. */
    AUDIO,
    /** An {@code m=application} section, as the clients of older servers send to keep the connection awake. */
    DATA_CHANNEL
}
