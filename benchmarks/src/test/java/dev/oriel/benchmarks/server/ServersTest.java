package dev.oriel.benchmarks.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    private static final List<Stream> STREAMS = List.of(
            new Stream("g1_cam0", "rtsp://127.0.0.1:5/g1/cam0"), new Stream("g1_cam1", "rtsp://127.0.0.1:5/g1/cam1"));

    @TempDir
    Path folder;

    private Servers servers = new Servers(Path.of("/"), List.of(), Path.of("/"));

    @BeforeEach
    void programs() throws Exception {
        for (String name : List.of("run", "mediamtx", "jvm/b/bin/java")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            assertTrue(Files.createFile(file).toFile().setExecutable(true));
        }
        Files.writeString(folder.resolve("jvm/b/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        servers = new Servers(folder, List.of(folder), folder.resolve("jvm"));
    }

    @Test
    void find_oriel_hasAFileForEachCamera() throws Exception {
        Server oriel = servers.find("oriel", STREAMS);

        assertEquals(folder.resolve("run").toString(), oriel.command().get(0));
        assertEquals(3, oriel.files().size());
        assertEquals(
                "name=g1_cam1\nurl=rtsp://127.0.0.1:5/g1/cam1\n",
                oriel.files().get("config/dev.oriel.camera~g1_cam1.cfg"));
        assertTrue(oriel.endpoint("g1_cam1").toString().endsWith("/g1_cam1/whep"));
        assertTrue(oriel.environment().isEmpty());
    }

    @Test
    void find_variantsOfOriel_differInTheEnvironment() throws Exception {
        assertTrue(servers.find("oriel-nio", STREAMS)
                .environment()
                .get("JDK_JAVA_OPTIONS")
                .contains("noNative=true"));
        assertTrue(servers.find("oriel-jfr", STREAMS)
                .environment()
                .get("JDK_JAVA_OPTIONS")
                .endsWith("filename={work}/oriel.jfr"));
        assertEquals(
                folder.resolve("jvm/b").toString(),
                servers.find("oriel-jdk25", STREAMS).environment().get("JAVA_HOME"));
    }

    @Test
    void find_mediamtx_isToldOfEachCamera() throws Exception {
        Server mediamtx = servers.find("mediamtx", STREAMS);

        String file = mediamtx.files().get("mediamtx.yml");
        assertTrue(
                file.endsWith("paths:\n  g1_cam0:\n    source: \"rtsp://127.0.0.1:5/g1/cam0\"\n"
                        + "  g1_cam1:\n    source: \"rtsp://127.0.0.1:5/g1/cam1\"\n"),
                file);
    }

    @Test
    void find_whatIsNotThere_saysWhatIsMissing() {
        assertEquals(
                "There is no go2rtc on the PATH",
                assertThrows(ServerMissing.class, () -> servers.find("go2rtc", STREAMS))
                        .getMessage());
        assertThrows(ServerMissing.class, () -> servers.find("oriel-jdk2", STREAMS));
        assertThrows(IllegalArgumentException.class, () -> servers.find("nginx", STREAMS));
    }
}
