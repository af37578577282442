package dev.oriel.testkit.camera;

/**
 * What a foreign camera shows and how: 25 frames per second of a test pattern that moves, with a clock.
 *
 * @param gopFrames frames from keyframe to keyframe, 1 or more
 * @param width pixels, even
 * @param height pixels, even
 * @param parameterSets where a decoder finds them
 */
public record Scene(Video video, Audio audio, int gopFrames, int width, int height, ParameterSets parameterSets) {

    /** Frames per second of every scene. */
    public static final int RATE = 25;

    /** Where the parameter sets of H.264 and H.265 are sent. */
    public enum ParameterSets {
        /** In the session description and before each keyframe. */
        IN_BAND,
        /** In the session description only, as with many cameras. */
        SDP_ONLY
    }

    /** A small picture with a keyframe every two seconds. */
    public static Scene of(Video video, Audio audio) {
        return new Scene(video, audio, 2 * RATE, 640, 360, ParameterSets.IN_BAND);
    }

    /** The same with another distance from keyframe to keyframe. */
    public Scene withGopFrames(int frames) {
        return new Scene(video, audio, frames, width, height, parameterSets);
    }

    /** The same with the parameter sets elsewhere. */
    public Scene withParameterSets(ParameterSets where) {
        return new Scene(video, audio, gopFrames, width, height, where);
    }
}
