package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.oriel.testkit.scripted.Clips;
import dev.oriel.testkit.scripted.Guard;
import dev.oriel.testkit.scripted.Heard;
import dev.oriel.testkit.scripted.Saying;
import dev.oriel.testkit.scripted.Script;
import dev.oriel.testkit.scripted.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Plays a script of the scripted camera against the machine alone, in time that is told. */
final class ScriptReading {

    private final Script script;
    private final Dialogue client;
    private final Guard guard;
    private final Clips clips = new Clips();
    private Heard last = Heard.NOTHING;

    private ScriptReading(Script script) {
        this.script = script;
        this.client = new Dialogue(script.url());
        this.guard = new Guard(script.login());
    }

    static void read(Script script) {
        ScriptReading reading = new ScriptReading(script);
        for (Step step : script.steps()) {
            reading.play(step);
        }
        assertEquals("", reading.client.next(), script + ": said more than is written");
    }

    private void play(Step step) {
        if (step instanceof Step.Hears hears) {
            hear(step);
            check(step, last.differs(hears, guard));
        } else if (step instanceof Step.HearsExactly hears) {
            hear(step);
            check(step, last.differs(hears));
        } else if (step instanceof Step.Says says) {
            say(says.text());
        } else if (step instanceof Step.AnswersAsUsual usual) {
            do {
                hear(step);
                say(Saying.usual(last, usual.description()));
            } while (!last.method().equals("PLAY"));
        } else if (step instanceof Step.SendsFrame frame) {
            client.bytes(Clips.interleaved(frame.channel(), clips.packet(frame.channel(), frame.clip())));
        } else if (step instanceof Step.SendsBytes bytes) {
            client.bytes(HexFormat.of().parseHex(bytes.hex()));
        } else if (step instanceof Step.Waits waits) {
            client.pass(waits.millis());
        } else if (step instanceof Step.Ends ends) {
            if (ends.ending() == Step.Ending.CLOSE) {
                client.close();
            } else {
                client.disconnect();
            }
        } else if (step instanceof Step.Tells tells) {
            String told = client.next();
            assertTrue(tells.isTold(told.replaceFirst("^= ", "")), script + " line " + step.line() + ": " + told);
        } else {
            fail(script + " line " + step.line() + " needs a socket");
        }
    }

    private void hear(Step step) {
        List<String> lines = new ArrayList<>();
        for (String line = client.next(); line.startsWith("> "); line = client.next()) {
            lines.add(line.substring(2));
        }
        assertTrue(!lines.isEmpty(), () -> script + " line " + step.line() + ": nothing is asked");
        last = new Heard(lines);
    }

    private void say(String text) {
        String filled = Saying.filled(text, last, "");
        guard.said(filled);
        client.bytes(filled.getBytes(StandardCharsets.UTF_8));
    }

    private void check(Step step, Optional<String> difference) {
        assertEquals("", difference.orElse(""), script + " line " + step.line() + ": heard " + last.lines());
    }
}
