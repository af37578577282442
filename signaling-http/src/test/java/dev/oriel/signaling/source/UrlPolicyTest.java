package dev.oriel.signaling.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.signaling.source.UrlPolicy.Loopback;
import dev.oriel.signaling.source.UrlPolicy.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPolicyTest {

    private static final List<HostRule> LAN = Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
            .map(HostRule::parse)
            .toList();

    private final UrlPolicy standard = new UrlPolicy(LAN, Loopback.REFUSED);
    private final UrlPolicy everything = new UrlPolicy(List.of(new HostRule.Any()), Loopback.REFUSED);

    @ParameterizedTest
    @CsvSource({
        "rtsp://10.0.0.1/, 10.0.0.1",
        "rtsp://10.255.255.255/, 10.255.255.255",
        "rtsp://172.16.0.1/, 172.16.0.1",
        "rtsp://172.31.255.255/, 172.31.255.255",
        "rtsps://192.168.1.20:322/h264, 192.168.1.20",
        "rtsp://[fd12:3456::1]/, fd12:3456:0:0:0:0:0:1",
        "rtsp://[::ffff:192.168.1.20]/, 192.168.1.20",
    })
    void judge_addressInTheLan_isAdmittedAsThatAddress(String url, String host) {
        SourceLocation location = SourceLocation.parse(url);

        Verdict.Admitted admitted = assertInstanceOf(Verdict.Admitted.class, standard.judge(location));

        assertEquals(host, admitted.location().host());
        assertEquals(location.port(), admitted.location().port());
        assertEquals(location.target(), admitted.location().target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://8.8.8.8/",
                "rtsp://9.255.255.255/",
                "rtsp://11.0.0.0/",
                "rtsp://172.15.255.255/",
                "rtsp://172.32.0.0/",
                "rtsp://192.167.255.255/",
                "rtsp://100.64.0.1/",
                "rtsp://[2001:db8::1]/",
                "rtsp://[fec0::1]/",
                "rtsp://[::ffff:8.8.8.8]/",
                "http://192.168.1.20/",
                "file://192.168.1.20/etc/passwd",
                "rtmp://192.168.1.20/",
            })
    void judge_elsewhere_isRefusedByDefault(String url) {
        assertInstanceOf(Verdict.Refused.class, standard.judge(SourceLocation.parse(url)));
    }

    /** Not even where all hosts are allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://169.254.169.254/latest/meta-data",
                "rtsp://[::ffff:169.254.169.254]/",
                "rtsp://[::ffff:a9fe:a9fe]/",
                "rtsp://[64:ff9b::a9fe:a9fe]/",
                "rtsp://[2002:a9fe:a9fe::1]/",
                "rtsp://[::169.254.169.254]/",
                "rtsp://[fe80::1]/",
                "rtsp://[fe80::1%eth0]/",
                "rtsp://[fd00::1%1]/",
                "rtsp://[febf::1]/",
                "rtsp://224.0.0.1/",
                "rtsp://239.255.255.250/",
                "rtsp://[ff02::1]/",
                "rtsp://0.0.0.0/",
                "rtsp://0.1.2.3/",
                "rtsp://[::]/",
                "rtsp://255.255.255.255/",
                "rtsp://127.0.0.1/",
                "rtsp://127.9.9.9/",
                "rtsp://[::1]/",
                "rtsp://[::ffff:127.0.0.1]/",
                "rtsp://[64:ff9b::7f00:1]/",
            })
    void judge_addressThatNobodyMayName_isRefusedWhereAllAreAllowed(String url) {
        assertInstanceOf(Verdict.Refused.class, everything.judge(SourceLocation.parse(url)));
    }

    /** Forms that one resolver takes for an address and another for a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://2130706433/",
                "rtsp://3232235796/",
                "rtsp://0x7f000001/",
                "rtsp://0x7f.1/",
                "rtsp://127.1/",
                "rtsp://127.0.1/",
                "rtsp://0177.0.0.1/",
                "rtsp://192.168.1.020/",
                "rtsp://192.168.1.256/",
                "rtsp://192.168.1.20.5/",
                "rtsp://192.168.1.20./",
                "rtsp://a.b.0x1/",
                "rtsp://[192.168.1.20::zz]/",
                "rtsp://192%2e168.1.20/",
            })
    void judge_numbersInAnUnusualForm_areRefused(String url) {
        assertInstanceOf(Verdict.Refused.class, everything.judge(SourceLocation.parse(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "[::1]", "[::ffff:127.0.0.1]"})
    void judge_loopbackWhereConfigured_isAdmittedThoughNotListed(String host) {
        UrlPolicy local = new UrlPolicy(LAN, Loopback.ALLOWED);

        assertInstanceOf(Verdict.Admitted.class, local.judge(SourceLocation.parse("rtsp://" + host + ":8554/x")));
    }

    @Test
    void judge_name_isToBeResolved() {
        assertEquals(new Verdict.Resolve("Camera.lan"), standard.judge(SourceLocation.parse("rtsp://Camera.lan/1")));
        assertEquals(new Verdict.Resolve("localhost"), standard.judge(SourceLocation.parse("rtsp://localhost/1")));
        assertEquals(new Verdict.Resolve("cam1"), standard.judge(SourceLocation.parse("rtsp://cam1/1")));
    }

    @Test
    void judge_resolvedName_takesTheFirstAllowedAddressAndKeepsTheRest() throws Exception {
        SourceLocation location = SourceLocation.parse("rtsp://u:p@camera.lan:8554/1?x=y");
        List<InetAddress> addresses = List.of(
                InetAddress.getByName("fe80::1"), InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.1.2.3"));

        Verdict.Admitted admitted = assertInstanceOf(Verdict.Admitted.class, standard.judge(location, addresses));

        assertEquals("rtsp://10.1.2.3:8554/1?x=y", admitted.location().url());
        assertEquals(new Credentials.UserPassword("u", "p"), admitted.location().credentials());
    }

    @Test
    void judge_resolvedName_withoutAllowedAddress_isRefused() throws Exception {
        SourceLocation location = SourceLocation.parse("rtsp://rebind.example/1");

        assertInstanceOf(Verdict.Refused.class, standard.judge(location, List.of(InetAddress.getByName("127.0.0.1"))));
        assertInstanceOf(Verdict.Refused.class, standard.judge(location, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "cam.example.org, CAM.example.org, true",
        "cam.example.org, cam.example.org., true",
        "cam.example.org, evil.example.org, false",
        "*.example.org, a.b.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, evilexample.org, false",
        "*, anything.example, true",
        "8.8.8.0/24, whatever, true",
        "8.8.8.8, whatever, true",
        "8.8.4.0/24, whatever, false",
    })
    void judge_listedNameOrRange_admitsAnAddressOutsideTheLan(String rule, String host, boolean admitted)
            throws Exception {
        UrlPolicy policy = new UrlPolicy(List.of(HostRule.parse(rule)), Loopback.REFUSED);
        SourceLocation location = SourceLocation.parse("rtsp://" + host + "/1");

        assertEquals(
                admitted,
                policy.judge(location, List.of(InetAddress.getByName("8.8.8.8"))) instanceof Verdict.Admitted);
        assertInstanceOf(
                Verdict.Refused.class, policy.judge(location, List.of(InetAddress.getByName("169.254.169.254"))));
    }
}
