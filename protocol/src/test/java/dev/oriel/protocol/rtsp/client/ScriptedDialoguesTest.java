package dev.oriel.protocol.rtsp.client;

import dev.oriel.testkit.scripted.Script;
import dev.oriel.testkit.scripted.Scripts;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every script of the scripted camera, without a socket. */
class ScriptedDialoguesTest {

    @TestFactory
    List<DynamicTest> script_withoutSocket_isSpoken() {
        return Scripts.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> ScriptReading.read(Script.named(name))))
                .toList();
    }
}
