package dev.oriel.signaling.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.signaling.source.UrlPolicy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalingSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "/oriel, /oriel",
        "oriel/, /oriel",
        "/a/b/, /a/b",
        "/, ''",
        "'', ''",
        "' / ', ''",
        "/a b, /oriel",
        "/*, /oriel",
    })
    void prefix_writtenInAnyWay_isEmptyOrStartsWithASlash(String written, String prefix) {
        assertEquals(prefix, settings(written, List.of(), false).prefix());
    }

    @Test
    void allowedSources_oneTextWithCommas_isAList() {
        SignalingSettings settings = settings("/", List.of("10.0.0.0/8, 192.168.0.0/16"), false);

        assertInstanceOf(Verdict.Admitted.class, settings.policy().judge(SourceLocation.parse("rtsp://10.0.0.1/")));
        assertInstanceOf(Verdict.Admitted.class, settings.policy().judge(SourceLocation.parse("rtsp://192.168.0.1/")));
    }

    @Test
    void allowedSources_entryThatCannotBeRead_allowsNothing() {
        SignalingSettings settings = settings("/", List.of("10.0.0.0/99", "192.168.0.0/16"), false);

        assertInstanceOf(Verdict.Refused.class, settings.policy().judge(SourceLocation.parse("rtsp://10.0.0.1/")));
        assertInstanceOf(Verdict.Admitted.class, settings.policy().judge(SourceLocation.parse("rtsp://192.168.0.1/")));
    }

    @Test
    void allowLoopback_isASettingOfItsOwn() {
        SourceLocation here = SourceLocation.parse("rtsp://127.0.0.1/");

        assertInstanceOf(
                Verdict.Refused.class,
                settings("/", List.of("*"), false).policy().judge(here));
        assertInstanceOf(
                Verdict.Admitted.class, settings("/", List.of(), true).policy().judge(here));
    }

    @Test
    void corsOrigins_areKeptOneByOne() {
        assertEquals(
                List.of("https://a.example", "http://b.example:8080"),
                new SignalingSettings("/", List.of(), false, List.of("https://a.example , http://b.example:8080"))
                        .cors()
                        .origins());
    }

    private static SignalingSettings settings(String prefix, List<String> allowed, boolean allowLoopback) {
        return new SignalingSettings(prefix, allowed, allowLoopback, List.of("*"));
    }
}
