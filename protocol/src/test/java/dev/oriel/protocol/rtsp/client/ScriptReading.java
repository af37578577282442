package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.oriel.testkit.scripted.Clips;
import dev.oriel.testkit.scripted.Guard;
import dev.oriel.testkit.scripted.Heard;
import dev.oriel.testkit.scripted.Saying;
import dev.oriel.testkit.scripted.Script;
import dev.oriel.testkit.scripted.ScriptedCamera;
import dev.oriel.testkit.scripted.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plays a script of the scripted camera against the machine alone, in time that is told. */
final class ScriptReading {

    /** What the shell is asked to do, which a script does not write down: a camera sees no more of it than its outcome. */
    private static final Pattern FOR_THE_SHELL = Pattern.compile("= (bind|datagram|connect|accept) .*");

    private static final int RTP_PORT = 6000;
    private static final int STRANGERS_PORT = 7000;

    private final Script script;
    private final Dialogue client;
    private final Guard guard;
    private final Clips clips = new Clips();
    private Heard last = Heard.NOTHING;
    private String told = "";
    private boolean elsewhere;

    private ScriptReading(Script script) {
        this.script = script;
        this.client = new Dialogue(script.url(), script.options());
        this.guard = new Guard(script.login());
    }

    /** What came of a script. */
    record Outcome(String ending, long millis) {}

    /** Reads one out; fails if the client says or tells anything else than is written. */
    static Outcome read(Script script) {
        ScriptReading reading = new ScriptReading(script);
        for (Step step : script.steps()) {
            reading.play(step);
        }
        assertEquals("", reading.next(), script + ": said more than is written");
        return new Outcome(reading.told, reading.client.millis());
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
            for (byte[] packet : clips.packets(frame.channel(), frame.clip())) {
                client.bytes(Clips.interleaved(frame.channel(), packet));
            }
        } else if (step instanceof Step.SendsDatagram datagram) {
            send(datagram);
        } else if (step instanceof Step.HearsDatagram hears) {
            assertTrue(
                    client.datagrams.removeIf(sent -> sent.line() == hears.track() && sent.control() == hears.report()),
                    script + " line " + step.line() + ": nothing was sent");
        } else if (step instanceof Step.SendsBytes bytes) {
            client.bytes(HexFormat.of().parseHex(bytes.hex()));
        } else if (step instanceof Step.Waits waits) {
            client.pass(waits.millis());
        } else if (step instanceof Step.Ends ends) {
            if (ends.ending() == Step.Ending.CLOSE) {
                client.close();
            } else if (ends.ending() == Step.Ending.AGAIN) {
                String line = client.next();
                assertTrue(line.startsWith("= connect "), script + " line " + step.line() + ": " + line);
            } else {
                client.disconnect();
            }
        } else if (step instanceof Step.Tells tells) {
            told = next();
            assertTrue(tells.isTold(told.replaceFirst("^= ", "")), script + " line " + step.line() + ": " + told);
        } else {
            fail(script + " line " + step.line() + " needs a socket");
        }
    }

    private void send(Step.SendsDatagram step) {
        if (step.from() == Step.Sender.ELSEWHERE && !elsewhere) {
            // The shell passes on nothing of addresses that nobody named.
            return;
        }
        boolean report = step.clip().equals("sr") || step.clip().equals("goodbye");
        int port = step.from() == Step.Sender.CAMERA ? RTP_PORT + (report ? 1 : 0) : STRANGERS_PORT;
        for (byte[] packet : clips.packets(2 * step.track(), step.clip())) {
            client.datagram(step.track(), report, port, packet);
        }
    }

    private String next() {
        String line = client.next();
        while (FOR_THE_SHELL.matcher(line).matches()) {
            elsewhere |= line.endsWith(" from " + ScriptedCamera.ELSEWHERE);
            line = client.next();
        }
        return line;
    }

    private void hear(Step step) {
        List<String> lines = new ArrayList<>();
        for (String line = next(); line.startsWith("> "); line = client.next()) {
            lines.add(line.substring(2));
        }
        assertTrue(!lines.isEmpty(), () -> script + " line " + step.line() + ": nothing is asked");
        last = new Heard(lines);
    }

    private void say(String text) {
        String filled = Saying.filled(text, last, RTP_PORT + "-" + (RTP_PORT + 1));
        guard.said(filled);
        // One question at a time: there are cameras that answer no other (Dahua).
        assertEquals("", next(), script + ": said before the camera has answered");
        client.bytes(filled.getBytes(StandardCharsets.UTF_8));
    }

    private void check(Step step, Optional<String> difference) {
        assertEquals("", difference.orElse(""), script + " line " + step.line() + ": heard " + last.lines());
    }
}
