package dev.oriel.testkit.scripted;

import java.util.List;

/** One step of a {@link Script}, seen from the camera. */
public sealed interface Step {

    /** Where in the script it stands, counted from 1. */
    int line();

    /**
     * A request is heard, word for word.
     *
     * @param lines as the client sends them, without the empty one; a star at the end stands for any rest
     */
    record HearsExactly(int line, List<String> lines) implements Step {
        public HearsExactly {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A request is heard that has at least this.
     *
     * @param method its method
     * @param url its URL, or {@code *} for any
     * @param fields header fields it has, see {@link Heard#has}; with {@code !} in front those it must not have
     */
    record Hears(int line, String method, String url, List<String> fields) implements Step {
        public Hears {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The camera says something.
     *
     * @param text the message as it goes on the wire, but for what {@link Saying} puts in
     */
    record Says(int line, String text) implements Step {}

    /**
     * The camera answers whatever it is asked in the usual way, until it has been asked to play.
     *
     * @param description what it describes
     */
    record AnswersAsUsual(int line, String description) implements Step {}

    /**
     * The camera sends media on the connection.
     *
     * @param channel the interleaved channel
     * @param clip which packet, see {@link Clips}
     */
    record SendsFrame(int line, int channel, String clip) implements Step {}

    /**
     * The camera sends media to the port that the client named.
     *
     * @param track which of the tracks that were set up, from 0
     * @param from who sends it
     * @param clip which packet, see {@link Clips}
     */
    record SendsDatagram(int line, int track, Sender from, String clip) implements Step {}

    /**
     * The client sends a datagram to the port that the camera named.
     *
     * @param track which of the tracks that were set up, from 0
     * @param report whether it is RTCP
     */
    record HearsDatagram(int line, int track, boolean report) implements Step {}

    /**
     * The camera sends bytes that are no message, as hexadecimal digits.
     *
     * @param hex the digits
     */
    record SendsBytes(int line, String hex) implements Step {}

    /** Time passes, where it is told and not taken: on a real socket what is due comes by itself. */
    record Waits(int line, long millis) implements Step {}

    /** Somebody ends the connection. */
    record Ends(int line, Ending ending) implements Step {}

    /**
     * What the client tells its own side.
     *
     * @param what as the script has it, such as {@code begin H264 of H264 JPEG} or {@code end closed}; stars stand for any
     *     text
     */
    record Tells(int line, String what) implements Step {

        /** Whether a line is this. */
        public boolean isTold(String text) {
            return text.matches("\\Q" + what.replace("*", "\\E.*\\Q") + "\\E");
        }
    }

    /** Who sends a datagram. */
    enum Sender {
        /** The camera, from the port it has named. */
        CAMERA,
        /** Somebody at the camera's address, from another port. */
        STRANGER,
        /** Somebody at another address. */
        ELSEWHERE
    }

    /** How a connection ends. */
    enum Ending {
        /** The client has had enough. */
        CLOSE,
        /** The camera closes the connection. */
        HANG_UP,
        /** The camera's end of the connection is gone, as after a reboot. */
        RESET,
        /** The client has left, or finds itself alone, and makes another one. */
        AGAIN
    }
}
