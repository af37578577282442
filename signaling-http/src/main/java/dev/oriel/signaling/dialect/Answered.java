package dev.oriel.signaling.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an SDP answer (RFC 8829) serves, read from its media sections only. */
final class Answered {

    private Answered() {}

    /** {@code video} and {@code audio}, in this order, for each section of that kind in which the server sends. */
    static List<String> tracks(String answer) {
        List<String> video = new ArrayList<>();
        List<String> audio = new ArrayList<>();
        // Before the first section stands the session, whose direction holds for sections without one of their own.
        String[] sections = answer.split("(?m)^m=");
        for (int i = 1; i < sections.length; i++) {
            String section = sections[i].toLowerCase(Locale.ROOT);
            boolean sends = sections[i].matches("(?s).*\\na=send(only|recv)\\b.*")
                    || !sections[i].matches("(?s).*\\na=(recvonly|inactive)\\b.*");
            if (sends && !section.matches("(?s)\\w+ 0 .*")) {
                if (section.startsWith("video ")) {
                    video.add("video");
                } else if (section.startsWith("audio ")) {
                    audio.add("audio");
                }
            }
        }
        video.addAll(audio);
        return video;
    }

    /** The ICE user name fragment (RFC 8839 section 5.4), which changes when ICE restarts; empty if there is none. */
    static String iceUfrag(String description) {
        int at = description.indexOf("a=ice-ufrag:");
        return at < 0
                ? ""
                : description.substring(at + 12).split("[\\r\\n]", 2)[0].strip();
    }
}
