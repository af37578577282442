package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.media.Codec;
import dev.oriel.protocol.sdp.SessionDescription;
import dev.oriel.testkit.scripted.Script;
import dev.oriel.testkit.scripted.Scripts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Descriptions as cameras write them, made after what their users reported: the first lines of each say what is wrong with
 * it, who met it, and what must be understood all the same (gortsplib 468; go2rtc 264, 679, 708, 1278, 1663, 2245).
 */
class CameraDescriptionsTest {

    @TestFactory
    List<DynamicTest> description_ofACamera_isUnderstood() {
        return Scripts.descriptions().stream()
                .filter(name -> Script.resource("sdp/" + name + ".sdp").contains("# has: "))
                .map(name -> DynamicTest.dynamicTest(name, () -> check(name)))
                .toList();
    }

    private static void check(String name) {
        String file = Script.resource("sdp/" + name + ".sdp");
        List<MediaFormat> formats = MediaFormat.of(SessionDescription.parse(Script.description(name)));

        String has = formats.stream()
                .map(f -> f.track().codec().encodingName() + "/" + f.track().clockRateHz())
                .collect(Collectors.joining(" "));
        assertEquals(remark(file, "has").toUpperCase(Locale.ROOT), has.toUpperCase(Locale.ROOT));
        Codec codec = formats.get(0).track().codec();
        int sets = codec instanceof Codec.H264 h264 ? h264.parameterSets().size() : 0;
        assertEquals(remark(file, "sets"), Integer.toString(sets));
    }

    private static String remark(String file, String name) {
        return file.lines()
                .filter(line -> line.startsWith("# " + name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 4);
    }
}
