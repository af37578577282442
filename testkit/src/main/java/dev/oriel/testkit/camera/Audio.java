package dev.oriel.testkit.camera;

/** How a camera encodes its sound, a tone of 440 Hz. */
public enum Audio {
    /** G.711 A-law, 8 kHz. */
    PCMA("pcma"),
    /** G.711 µ-law, 8 kHz. */
    PCMU("pcmu"),
    /** AAC, 48 kHz (RFC 3640), which no browser takes over WebRTC. */
    AAC("aac"),
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
