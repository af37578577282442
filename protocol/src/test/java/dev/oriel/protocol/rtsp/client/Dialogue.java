package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.EndReason;
import dev.oriel.protocol.rtp.MediaFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A camera and a machine that talk to each other in a test, line by line, in time that is told. What the machine says and
 * tells is kept as lines: {@code >} begins what goes to the camera, {@code =} what the shell is asked to do or told.
 *
 * <p>What cameras do wrong by habit is written in scripts instead, see {@link ScriptReading}.
 */
final class Dialogue {

    private static final long MS = 1_000_000;

    private final RtspClientMachine machine;
    final List<RtspAction.SendDatagram> datagrams = new ArrayList<>();
    boolean connects = true;

    private final Deque<String> said = new ArrayDeque<>();
    private static final long BEGIN = Long.MAX_VALUE - 2_000 * MS; // the clock runs over its end in every dialogue
    private long now = BEGIN;

    Dialogue(String url) {
        this(url, CameraOptions.DEFAULT.with(CameraOptions.Transport.TCP));
    }

    Dialogue(String url, CameraOptions options) {
        this(url, options, Optional.empty());
    }

    Dialogue(String url, CameraOptions options, Optional<MediaWay> known) {
        machine = new RtspClientMachine(
                SourceLocation.parse(url), options, known, "Oriel", new Random(1), now, new Log());
        machine.connected(now);
        drain();
    }

    /** A message of the camera; a body stands behind an empty line. */
    Dialogue camera(List<String> lines) {
        assertTrue(said.isEmpty(), () -> "not heard: " + said);
        int empty = lines.indexOf("");
        String body = empty < 0 || empty == lines.size() - 1
                ? ""
                : String.join("\r\n", lines.subList(empty + 1, lines.size())) + "\r\n";
        List<String> head = new ArrayList<>(empty < 0 ? lines : lines.subList(0, empty));
        if (!body.isEmpty()) {
            head.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        }
        return bytes((String.join("\r\n", head) + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    Dialogue camera(String... lines) {
        said.clear();
        return camera(Arrays.asList(lines));
    }

    Dialogue bytes(byte[] bytes) {
        machine.receive(now, ByteBuffer.wrap(bytes));
        drain();
        return this;
    }

    Dialogue frame(int channel) {
        byte[] rtp = new byte[4 + 12];
        rtp[0] = '$';
        rtp[1] = (byte) channel;
        rtp[3] = 12;
        rtp[4] = (byte) 0x80;
        return bytes(rtp);
    }

    /** A datagram from a port of the camera: RTP with this number, or a sender report. */
    Dialogue datagram(int line, boolean control, int fromPort, int sequence) {
        byte[] bytes = new byte[control ? 28 : 13];
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) (control ? 200 : 96);
        bytes[2] = (byte) (control ? 0 : sequence >> 8);
        bytes[3] = (byte) (control ? 6 : sequence);
        bytes[7] = (byte) sequence;
        bytes[11] = 7;
        return datagram(line, control, fromPort, bytes);
    }

    Dialogue datagram(int line, boolean control, int fromPort, byte[] bytes) {
        machine.datagram(now, line, control, fromPort, bytes, 0, bytes.length);
        drain();
        return this;
    }

    Dialogue portsFailed(String what) {
        machine.portsFailed(now, what);
        drain();
        return this;
    }

    Dialogue connectFailed(String what) {
        machine.connectFailed(now, what);
        drain();
        return this;
    }

    Optional<MediaWay> way() {
        return machine.way();
    }

    Dialogue pass(long millis) {
        long until = now + millis * MS;
        while (machine.deadlineNanos().isPresent() && machine.deadlineNanos().getAsLong() - until <= 0) {
            now = machine.deadlineNanos().getAsLong();
            int before = said.size();
            machine.wake(now - 1);
            drain();
            assertEquals(before, said.size(), "spoke too early");
            machine.wake(now);
            drain();
            assertTrue(machine.deadlineNanos().orElse(now + 1) - now > 0, "a deadline that has passed");
        }
        now = until;
        machine.wake(now);
        drain();
        return this;
    }

    Dialogue close() {
        machine.close(EndReason.CLOSED);
        drain();
        return this;
    }

    Dialogue disconnect() {
        machine.disconnected(now);
        drain();
        return this;
    }

    /** The next line of what was said, which is then forgotten; empty if there is none. */
    String next() {
        return said.isEmpty() ? "" : said.poll();
    }

    /** What the machine has said last. */
    String last() {
        return said.isEmpty() ? "" : said.peekLast();
    }

    /** All that was said since the camera spoke. */
    String all() {
        return String.join("\n", said);
    }

    /** How much time has passed. */
    long millis() {
        return (now - BEGIN) / MS;
    }

    boolean isOver() {
        return machine.deadlineNanos().isEmpty();
    }

    private void drain() {
        for (RtspAction action = machine.poll(); action != null; action = machine.poll()) {
            if (action instanceof RtspAction.Send send) {
                String text = StandardCharsets.UTF_8.decode(send.bytes()).toString();
                assertTrue(text.endsWith("\r\n\r\n"), text);
                Arrays.stream(text.substring(0, text.length() - 2).split("\r\n", -1))
                        .forEach(line -> said.add(line.isEmpty() ? ">" : "> " + line));
            } else if (action instanceof RtspAction.BindPorts ports) {
                said.add("= bind " + ports.line());
                machine.portsBound(now, ports.line(), 5000 + 2 * ports.line());
            } else if (action instanceof RtspAction.JoinGroup group) {
                said.add("= join " + group.line() + " " + group.group() + " " + group.rtpPort() + "-"
                        + group.rtcpPort());
            } else if (action instanceof RtspAction.AcceptFrom from) {
                said.add("= accept " + from.line() + " from " + from.source());
            } else if (action instanceof RtspAction.SendDatagram datagram) {
                said.add("= datagram " + datagram.line() + " to " + datagram.port() + " "
                        + HexFormat.of().formatHex(datagram.bytes().array(), 0, 2));
                datagrams.add(datagram);
            } else if (action instanceof RtspAction.Connect connect) {
                said.add("= connect " + connect.to());
                if (connects) {
                    machine.connected(now);
                }
            } else if (action instanceof RtspAction.End end) {
                said.add("= end "
                        + (end.reason() instanceof EndReason.Failed failed
                                ? failed.cause().getClass().getSimpleName() + ": " + failed.sentence()
                                : end.reason().sentence()));
                assertTrue(isOver(), "a deadline after the end");
            }
        }
    }

    private final class Log implements RtspClientMachine.Media {

        @Override
        public void begin(List<MediaFormat> offered, List<MediaFormat> selected) {
            drain();
            said.add("= begin " + names(selected) + " of " + names(offered));
        }

        @Override
        public void rtp(long arrivedNanos, int line, byte[] bytes, int offset, int length) {
            said.add("= rtp " + line);
        }

        @Override
        public void rtcp(int line, byte[] bytes, int offset, int length) {
            said.add("= rtcp " + line);
        }

        private String names(List<MediaFormat> formats) {
            return formats.stream().map(f -> f.track().codec().encodingName()).collect(Collectors.joining(" "));
        }
    }
}
