package dev.oriel.testkit.camera;

/** How a camera encodes its sound, a tone of 440 Hz. */
public enum Audio {
    /** G.711 A-law, 8 kHz. */
    PCMA("pcma"),
    /** G.711 µ-law, 8 kHz. */
    PCMU("pcmu"),
    /** AAC, 48 kHz (RFC 3640), which no browser takes over WebRTC. */
    AAC("aac"),
    /** AAC, 48 kHz, in frames of LATM (RFC 6416), which no browser takes over WebRTC. */
    AAC_LATM("latm"),
    /** Opus, 48 kHz, two channels. */
    OPUS("opus"),
    /** Samples as they are, 16 bits each, 16 kHz. */
    L16("l16"),
    /** G.722, 16 kHz under a clock of 8 kHz (RFC 3551, section 4.5.2); by FFmpeg only. */
    G722("g722"),
    /** G.726 at 32 kbit/s; by FFmpeg only. */
    G726("g726"),
    /** Silent: no audio track at all. */
    NONE("none");

    private final String word;

    Audio(String word) {
        this.word = word;
    }

    /** The name on command lines. */
    String word() {
        return word;
    }
}
