package dev.oriel.testkit.scripted;

import dev.oriel.api.camera.CameraOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A written dialogue between a client and a camera.
 *
 * <p>Each line begins with a character that says what it is:
 *
 * <table>
 * <caption>Lines of a script</caption>
 * <tr><td>{@code #}</td><td>a remark; the first ones say what the camera does wrong, and who met it</td></tr>
 * <tr><td>{@code @}</td><td>the camera's URL, first</td></tr>
 * <tr><td>{@code @@}</td><td>user name and password that the camera knows, a blank between them</td></tr>
 * <tr><td>{@code @:}</td><td>how the client is told to run the camera: {@code tcp}, {@code udp}, {@code no-basic}</td></tr>
 * <tr><td>{@code >}</td><td>a request, word for word; a star stands for any rest of the line</td></tr>
 * <tr><td>{@code ?}</td><td>a request in short: method and URL, then fields it must have or, with {@code !}, must not</td></tr>
 * <tr><td>{@code <}</td><td>what the camera says, its body behind an empty line; see {@link Saying}</td></tr>
 * <tr><td>{@code ~}</td><td>the camera answers as usual until it plays, with a description of this name</td></tr>
 * <tr><td>{@code $}</td><td>media on a channel: its number, and a packet by name</td></tr>
 * <tr><td>{@code %}</td><td>media in a datagram: the track's number, and a packet by name; behind {@code stranger} from another
 * port than the camera said, behind {@code elsewhere} from {@link ScriptedCamera#ELSEWHERE}</td></tr>
 * <tr><td>{@code ^}</td><td>a datagram is heard: the track's number, and {@code report} for RTCP</td></tr>
 * <tr><td>{@code &}</td><td>raw bytes in hexadecimal digits</td></tr>
 * <tr><td>{@code +}</td><td>milliseconds pass</td></tr>
 * <tr><td>{@code !}</td><td>{@code close} by the client, {@code hang up} or {@code reset} by the camera; {@code again}: the
 * client has left, and goes on with what follows on another connection</td></tr>
 * <tr><td>{@code =}</td><td>what the client tells its own side</td></tr>
 * </table>
 *
 * @param name what it is called
 * @param url the camera's URL with what credentials the client has
 * @param login the user name and password that the camera knows, a blank between them; empty if those of nobody
 * @param options how the client runs the camera
 * @param steps what happens
 */
public record Script(String name, String url, String login, CameraOptions options, List<Step> steps) {

    private static final String OTHER_LINES = "@#";

    public Script {
        steps = List.copyOf(steps);
    }

    /** The script of this name in this package's resources. */
    public static Script named(String name) {
        return parse(name, resource(name + ".txt"), "");
    }

    /** The same, with the camera at another host and port. */
    public static Script named(String name, String hostAndPort) {
        return parse(name, resource(name + ".txt"), hostAndPort);
    }

    /**
     * Reads a script.
     *
     * @param hostAndPort where the camera is instead of where the script has it; empty to leave it there
     * @throws IllegalArgumentException if a line cannot be read
     */
    public static Script parse(String name, String text, String hostAndPort) {
        List<String> lines = text.lines().toList();
        String url = rest(lines.stream()
                .filter(l -> l.startsWith("@ "))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A script names the camera's URL")));
        Function<String, String> moved = Function.identity();
        if (!hostAndPort.isEmpty()) {
            String from = hostAndPort(url);
            url = url.replace("://" + from, "://" + hostAndPort).replace("@" + from, "@" + hostAndPort);
            moved = line -> line.replace("://" + from, "://" + hostAndPort);
        }
        String login = lines.stream()
                .filter(l -> l.startsWith("@@ "))
                .findFirst()
                .map(l -> l.substring(3))
                .orElse("");
        CameraOptions options = lines.stream()
                .filter(l -> l.startsWith("@: "))
                .findFirst()
                .map(l -> options(l.substring(3)))
                .orElse(CameraOptions.DEFAULT);
        return new Script(
                name, url, login, options, new Lines(lines.stream().map(moved).toList()).steps());
    }

    /**
     * The description of this name in this package's resources, without remarks, lines ending with CR LF if no remark says
     * otherwise.
     */
    public static String description(String name) {
        String file = resource("sdp/" + name + ".sdp");
        String end = file.contains("# newlines: unix\n") ? "\n" : "\r\n";
        StringBuilder out = new StringBuilder();
        file.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> out.append(line).append(end));
        return out.toString();
    }

    /** A file of this package as text. */
    public static String resource(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** What happens on each connection, one after the other. */
    public List<List<Step>> connections() {
        List<List<Step>> all = new ArrayList<>();
        List<Step> one = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Ends ends && ends.ending() == Step.Ending.AGAIN) {
                all.add(one);
                one = new ArrayList<>();
            } else {
                one.add(step);
            }
        }
        all.add(one);
        return all;
    }

    private static CameraOptions options(String words) {
        CameraOptions options = CameraOptions.DEFAULT;
        for (String word : words.split(" ")) {
            options = switch (word) {
                case "tcp" -> options.with(CameraOptions.Transport.TCP);
                case "udp" -> options.with(CameraOptions.Transport.UDP);
                case "no-basic" -> options.with(CameraOptions.Login.NO_BASIC);
                default -> throw new IllegalArgumentException("A camera is not run " + word);
            };
        }
        return options;
    }

    private static String hostAndPort(String url) {
        String authority = url.substring(url.indexOf("://") + 3);
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        int end = authority.indexOf('/');
        return end < 0 ? authority : authority.substring(0, end);
    }

    private static String rest(String line) {
        return line.substring(Math.min(2, line.length()));
    }

    /** Makes steps out of lines. */
    private static final class Lines {
        private final List<String> lines;
        private final List<Step> steps = new ArrayList<>();
        private int at;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        List<Step> steps() {
            while (at < lines.size()) {
                String line = lines.get(at);
                if (line.isBlank() || OTHER_LINES.indexOf(line.charAt(0)) >= 0) {
                    at++;
                } else {
                    steps.add(step(at + 1, line));
                }
            }
            return steps;
        }

        private Step step(int number, String line) {
            String rest = rest(line);
            String[] words = rest.split(" ", 2);
            return switch (line.charAt(0)) {
                case '>' -> new Step.HearsExactly(number, message('>'));
                case '?' -> shortened(number);
                case '<' -> new Step.Says(number, said());
                case '~' -> new Step.AnswersAsUsual(number, described(take(rest)));
                case '$' ->
                    new Step.SendsFrame(number, Integer.parseInt(take(words[0])), words.length > 1 ? words[1] : "");
                case '%' ->
                    new Step.SendsDatagram(
                            number,
                            Integer.parseInt(take(words[0])),
                            sender(words[1]),
                            words[1].replaceFirst("^(stranger|elsewhere) ", ""));
                case '^' -> new Step.HearsDatagram(number, Integer.parseInt(take(words[0])), words.length > 1);
                case '&' -> new Step.SendsBytes(number, take(rest.replace(" ", "")));
                case '+' -> new Step.Waits(number, Long.parseLong(take(rest)));
                case '!' -> new Step.Ends(number, ending(take(rest)));
                case '=' -> new Step.Tells(number, take(rest));
                default -> throw new IllegalArgumentException("Line " + number + " of a script: " + line);
            };
        }

        private String take(String rest) {
            at++;
            return rest;
        }

        private static String described(String name) {
            return description(name);
        }

        private static Step.Sender sender(String rest) {
            return rest.startsWith("stranger ")
                    ? Step.Sender.STRANGER
                    : rest.startsWith("elsewhere ") ? Step.Sender.ELSEWHERE : Step.Sender.CAMERA;
        }

        private static Step.Ending ending(String word) {
            return switch (word) {
                case "close" -> Step.Ending.CLOSE;
                case "hang up" -> Step.Ending.HANG_UP;
                case "reset" -> Step.Ending.RESET;
                case "again" -> Step.Ending.AGAIN;
                default -> throw new IllegalArgumentException("Nothing ends by " + word);
            };
        }

        /** Lines of one kind up to an empty one, which is taken too. */
        private List<String> message(char kind) {
            List<String> message = new ArrayList<>();
            while (at < lines.size()
                    && !lines.get(at).isEmpty()
                    && lines.get(at).charAt(0) == kind) {
                String rest = rest(lines.get(at++));
                if (rest.isEmpty()) {
                    break;
                }
                message.add(rest);
            }
            return message;
        }

        private Step shortened(int number) {
            List<String> message = message('?');
            String[] start = message.get(0).split(" ", 2);
            return new Step.Hears(
                    number, start[0], start.length > 1 ? start[1] : "*", message.subList(1, message.size()));
        }

        /** A message and, where more lines follow the empty one that begin none themselves, its body. */
        private String said() {
            List<String> head = message('<');
            List<String> body = new ArrayList<>();
            while (at < lines.size() && lines.get(at).startsWith("< ") && !startsMessage(rest(lines.get(at)))) {
                body.add(rest(lines.get(at++)));
            }
            String text = body.isEmpty() ? "" : String.join("\r\n", body) + "\r\n";
            boolean measured = head.stream()
                    .anyMatch(l -> l.toLowerCase(java.util.Locale.ROOT).startsWith("content-length"));
            if (!text.isEmpty() && !measured) {
                head.add("Content-Length: " + text.getBytes(StandardCharsets.UTF_8).length);
            }
            return String.join("\r\n", head) + "\r\n\r\n" + text;
        }

        private static boolean startsMessage(String line) {
            return line.startsWith("RTSP/") || line.startsWith("HTTP/") || line.endsWith(" RTSP/1.0");
        }
    }
}
