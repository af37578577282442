package dev.oriel.protocol.rtsp.client;

/** How far a session is. */
enum State {
    CONNECTING("the connection"),
    OPTIONS("OPTIONS"),
    DESCRIBE("DESCRIBE"),
    SETUP("SETUP"),
    PLAY("PLAY"),
    /** {@code PLAY} is answered, and nothing has come yet. */
    AWAITING("media"),
    PLAYING("media"),
    ENDED("");

    private final String awaited;

    State(String awaited) {
        this.awaited = awaited;
    }

    /** What is waited for, for a sentence. */
    String awaited() {
        return awaited;
    }

    /** Whether media may come. */
    boolean takesMedia() {
        return this == PLAY || this == AWAITING || this == PLAYING;
    }

    /** Whether media has not come yet. */
    boolean isOpening() {
        return this != PLAYING && this != ENDED;
    }
}
