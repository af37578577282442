package dev.oriel.protocol.rtp.sound;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The access units that come out of packets, as text. */
final class Heard implements UnitSink {

    final List<String> told = new ArrayList<>();
    final SoundFormat format;
    final UnitReader reader;

    /** @param rtpmap what stands behind the number, e.g. {@code MPEG4-GENERIC/16000/1} */
    Heard(String rtpmap, String fmtp) {
        String[] map = rtpmap.split("/");
        int rate = map.length > 1 ? Integer.parseInt(map[1]) : 0;
        int channels = map.length > 2 ? Integer.parseInt(map[2]) : 0;
        format = SoundFormat.of(map[0], rate, channels, fmtp).orElseThrow();
        reader = UnitReader.of(format.packing(), 1200, format.clockRateHz(), this);
    }

    Heard packet(int timestamp, boolean marker, String hex) {
        byte[] bytes = HexFormat.of().parseHex("aa" + hex.replace(" ", "") + "bb");
        reader.packet(bytes, 1, bytes.length - 2, timestamp, marker);
        return this;
    }

    Heard gap() {
        reader.gap();
        return this;
    }

    @Override
    public void unit(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        told.add(timestamp + " " + HexFormat.of().formatHex(bytes, offset, offset + length));
    }

    @Override
    public void changed(AudioConfig config, int clockRateHz) {
        told.add(config.bytes() + "/" + clockRateHz);
    }
}
