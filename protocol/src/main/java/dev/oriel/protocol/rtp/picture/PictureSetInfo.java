package dev.oriel.protocol.rtp.picture;

/**
 * What a picture parameter set says that we ask for.
 *
 * @param id its number
 * @param sequenceId the number of the sequence parameter set it belongs to
 * @param extraBits how many bits of no use stand in each slice header; H.265 only
 * @param outputFlag whether slices say if they are shown; H.265 only
 */
record PictureSetInfo(int id, int sequenceId, int extraBits, boolean outputFlag) {}
