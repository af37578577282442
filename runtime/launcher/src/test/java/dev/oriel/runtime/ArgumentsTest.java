package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.runtime.Arguments.Demo;
import dev.oriel.runtime.Arguments.Help;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void parse_nothing_isTheDemoAlone() throws UsageException {
        Arguments arguments = Arguments.parse(List.of());

        assertEquals(
                new Arguments(
                        List.of(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Demo.ON,
                        Help.NOT_WANTED),
                arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "garden=rtsp://me:secret@host/1,             garden=rtsp://***@host/1",
        "rtsp://host/1,                              camera1=rtsp://host/1",
        "rtsp://host/1 rtsps://other/2,              camera1=rtsp://host/1 camera2=rtsps://other/2",
        "rtsp://host/1 camera1=rtsp://b/2,           camera1=rtsp://b/2 camera2=rtsp://host/1",
        "rtsp://host/live?channel=1&sub=0,           camera1=rtsp://host/live?channel=1&sub=0",
        "a=rtsp://host/x=y,                          a=rtsp://host/x=y",
        "front.door=rtsp://[fe80::1]:8554/a,         front.door=rtsp://[fe80::1]:8554/a",
    })
    void parse_cameras_areNamed(String words, String expected) throws UsageException {
        Arguments arguments = Arguments.parse(List.of(words.split(" ")));

        assertEquals(
                expected,
                String.join(
                        " ", arguments.cameras().stream().map(Camera::toString).toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "--port 0,                 0",
        "--port 8080,              8080",
        "--port=65535,             65535",
        "--port 1 a=rtsp://h --port 2, 2",
    })
    void parse_port_isRead(String words, int port) throws UsageException {
        assertEquals(
                OptionalInt.of(port), Arguments.parse(List.of(words.split(" "))).port());
    }

    @Test
    void parse_paths_mayHoldBlanksAndEqualsSigns() throws UsageException {
        Arguments arguments =
                Arguments.parse(List.of("--import", "my config.json", "--config=a=b c", "--no-demo", "-h"));

        assertEquals(Optional.of(Path.of("my config.json")), arguments.imported());
        assertEquals(Optional.of(Path.of("a=b c")), arguments.configuration());
        assertEquals(Demo.OFF, arguments.demo());
        assertEquals(Help.WANTED, arguments.help());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1                    | There is no option --prot; --help lists them.",
                "--port                      | The option --port needs a value.",
                "--port -1                   | A port lies between 0 and 65535, and \"-1\" does not.",
                "--port 65536                | A port lies between 0 and 65535, and \"65536\" does not.",
                "--port=                     | A port lies between 0 and 65535, and \"\" does not.",
                "garden                      | \"garden\" is neither an option nor a camera; a camera is NAME=rtsp://... or rtsp://...",
                "garden=host/1               | The camera \"garden\" has no URL such as rtsp://host/path.",
                "a=rtsp://h/1 a=rtsp://h/2   | There are two cameras named \"a\".",
                "a/b=rtsp://h/1              | \"a/b\" cannot be a camera's name: it has 1 to 128 characters, each a letter, a digit or one of . _ ~ = % -",
                "=rtsp://h/1                 | \"\" cannot be a camera's name: it has 1 to 128 characters, each a letter, a digit or one of . _ ~ = % -",
                "a=rtsp://me:secret@         | The URL of camera \"a\" cannot be used. A camera's URL needs a host name or address.",
                "rtsp://me:secret@h:99999/   | The URL of camera \"camera1\" cannot be used. A port lies between 1 and 65535.",
            })
    void parse_whatCannotBeFollowed_isSaidInASentence(String words, String sentence) {
        UsageException e = assertThrows(UsageException.class, () -> Arguments.parse(List.of(words.split(" "))));

        assertEquals(sentence, e.getMessage());
        assertFalse(e.getMessage().contains("secret"));
    }

    @Test
    void usage_namesEveryOption() {
        for (String option : List.of("--port", "--media-port", "--import", "--config", "--no-demo", "--help")) {
            assertTrue(Arguments.USAGE.contains(option), option);
        }
    }
}
