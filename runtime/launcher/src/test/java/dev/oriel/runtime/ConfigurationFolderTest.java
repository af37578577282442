package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFolderTest {

    @TempDir
    Path folder;

    @Test
    void read_cfgAndJson_becomeOneConfigurationEach() throws IOException, UsageException {
        Files.writeString(
                folder.resolve("dev.oriel.camera~front.cfg"), "# front door\nurl = rtsp://h/1 \nname=front\n");
        Files.writeString(folder.resolve("dev.oriel.hub.json"), "{\"on\": true, \"n\": 3, \"x\": 0.5, \"t\": \"a\"}");
        Files.writeString(folder.resolve("README.txt"), "not read");
        Files.createDirectory(folder.resolve("cache"));

        Map<String, Map<String, Object>> read = ConfigurationFolder.read(folder);

        assertEquals(
                Map.of(
                        "dev.oriel.camera~front", Map.of("url", "rtsp://h/1", "name", "front"),
                        "dev.oriel.hub", Map.of("on", true, "n", 3L, "x", 0.5, "t", "a")),
                read);
    }

    @Test
    void json_list_becomesAnArray() throws UsageException {
        Object list = ConfigurationFolder.json("a.json", "{\"servers\": [\"a\", \"b\"]}")
                .get("servers");

        assertArrayEquals(new String[] {"a", "b"}, (String[]) list);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{            | The file a.json is not JSON: there is an error in line 1.",
                "[]           | The file a.json holds no JSON object.",
                "{'a': {}}    | In the file a.json the value of \"a\" is neither simple nor a list.",
                "{'a': null}  | In the file a.json the value of \"a\" is neither simple nor a list.",
            })
    void json_whatIsNoConfiguration_isSaidInASentence(String json, String sentence) {
        UsageException e =
                assertThrows(UsageException.class, () -> ConfigurationFolder.json("a.json", json.replace('\'', '"')));

        assertEquals(sentence, e.getMessage());
    }

    @Test
    void read_noFolder_isSaidInASentence() {
        Path absent = folder.resolve("absent");

        UsageException e = assertThrows(UsageException.class, () -> ConfigurationFolder.read(absent));

        assertEquals(List.of("There is no folder " + absent + "."), List.of(e.getMessage()));
    }
}
