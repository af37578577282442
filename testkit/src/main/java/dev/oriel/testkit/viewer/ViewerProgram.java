package dev.oriel.testkit.viewer;

import dev.oriel.api.time.Ambient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A {@link LibWebRtcViewer} as a program of its own, which speaks as the scripts of the other makes do: see {@link ForeignViewer}.
 * Its command line is the WHEP address, {@code all} or {@code relay}, and the STUN and TURN servers.
 */
final class ViewerProgram {

    private static final long PAUSE_MILLIS = 100;

    private ViewerProgram() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        List<String> servers = Arrays.asList(words).subList(2, words.length);
        WhepAnswerer whep = new WhepAnswerer(URI.create(words[0]));
        LibWebRtcViewer viewer = LibWebRtcViewer.open(
                offer -> {
                    say("OFFER " + encoded(offer));
                    String answer = whep.answer(offer);
                    say("ANSWER " + encoded(answer));
                    return answer;
                },
                words[1].equals("relay"),
                servers,
                Want.VIDEO,
                Want.AUDIO);
        tell(viewer);
        viewer.close();
        whep.delete();
        Runtime.getRuntime().halt(0);
    }

    /** Until the input ends. */
    @Ambient(reason = "asks each tenth of a second whether the input has ended")
    private static void tell(LibWebRtcViewer viewer) throws IOException, InterruptedException {
        String state = "";
        Thread input = new Thread(ViewerProgram::readAll, "oriel-viewer-input");
        input.setDaemon(true);
        input.start();
        while (input.isAlive()) {
            input.join(PAUSE_MILLIS);
            if (!viewer.connectionState().equals(state)) {
                state = viewer.connectionState();
                say("STATE " + state.toUpperCase(Locale.ROOT));
            }
            say("COUNTED " + viewer.framesDecoded() + " " + viewer.soundMillis());
        }
    }

    private static void readAll() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            // That is its end, too.
            return;
        }
    }

    @Ambient(reason = "its words go out by its output")
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
