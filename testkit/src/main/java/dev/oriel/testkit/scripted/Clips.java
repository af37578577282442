package dev.oriel.testkit.scripted;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Small pieces of media as RTP and RTCP packets, by name. Each channel counts its own sequence numbers; pictures are a
 * thirtieth of a second apart.
 *
 * <p>Names: {@code sps}, {@code pps}, {@code idr}, {@code p} (a picture that is no keyframe), {@code annexb} (sets and
 * keyframe behind start codes in one packet), {@code large} (a keyframe of 10,000 bytes in one packet), {@code pcma} (20 ms of it), {@code sr} (an RTCP sender report), {@code goodbye};
 * {@code unmarked} in front of a name leaves the marker away, {@code marked} sets it, {@code lose} leaves a number out before
 * it. {@code held} keeps a packet back until the next one was sent, {@code twice} sends it twice. Anything else is a payload in hexadecimal digits; nothing is an empty one.
 */
public final class Clips {

    private static final int SSRC = 0x0a0b0c00;
    private static final int PICTURE_TICKS = 3000;

    /** A sequence parameter set of 640 by 360, Baseline. */
    public static final String SPS = "6742c01ed9005005bb011000000300100000030320f162e480";

    /** The picture parameter set that belongs to it. */
    public static final String PPS = "68cb83cb20";

    /** A slice of a keyframe, too short to be decoded. */
    public static final String IDR = "65888404";

    /** A slice of another picture. */
    public static final String P = "419a0101";

    private final Map<Integer, int[]> counters = new HashMap<>();
    private final Map<Integer, byte[]> held = new HashMap<>();

    /** The next packets of a channel, as they go out. */
    public List<byte[]> packets(int channel, String clip) {
        if (clip.startsWith("held ")) {
            held.put(channel, packet(channel, clip.substring(5)));
            return List.of();
        }
        boolean twice = clip.startsWith("twice ");
        byte[] packet = packet(channel, twice ? clip.substring(6) : clip);
        return Stream.of(packet, twice ? packet : held.remove(channel))
                .filter(one -> one != null)
                .toList();
    }

    private byte[] packet(int channel, String clip) {
        String name = clip;
        int[] counter = counters.computeIfAbsent(channel, c -> new int[] {100, 90_000});
        if (name.startsWith("lose ")) {
            counter[0]++;
            name = name.substring(5);
        }
        boolean unmarked = name.startsWith("unmarked ");
        boolean marked = name.startsWith("marked ");
        name = name.replaceFirst("^(un)?marked ", "");
        if (name.equals("sr") || name.equals("goodbye")) {
            return report(channel & ~1, name, counters.getOrDefault(channel & ~1, counter)[1]);
        }
        boolean sound = name.equals("pcma");
        boolean picture = name.equals("idr") || name.equals("p") || name.equals("annexb") || name.equals("large");
        byte[] payload = payload(name);
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) ((picture && !unmarked || marked ? 0x80 : 0) | (sound ? 8 : 96)))
                .putShort((short) counter[0]++)
                .putInt(counter[1])
                .putInt(SSRC + channel)
                .put(payload);
        counter[1] += sound ? 160 : picture ? PICTURE_TICKS : 0;
        return packet.array();
    }

    /** A packet behind the four bytes that put it on a connection. */
    public static byte[] interleaved(int channel, byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length)
                .put((byte) '$')
                .put((byte) channel)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    private static byte[] payload(String name) {
        HexFormat hex = HexFormat.of();
        return switch (name) {
            case "" -> new byte[0];
            case "sps" -> hex.parseHex(SPS);
            case "pps" -> hex.parseHex(PPS);
            case "idr" -> hex.parseHex(IDR);
            case "p" -> hex.parseHex(P);
            case "annexb" -> hex.parseHex("00000001" + SPS + "00000001" + PPS + "000001" + IDR);
            case "large" -> ByteBuffer.allocate(10_000).put(hex.parseHex(IDR)).array();
            case "pcma" -> new byte[160];
            default -> hex.parseHex(name);
        };
    }

    private static byte[] report(int channel, String name, int timestamp) {
        if (name.equals("goodbye")) {
            return ByteBuffer.allocate(8)
                    .putInt(0x81cb0001)
                    .putInt(SSRC + channel)
                    .array();
        }
        return ByteBuffer.allocate(28)
                .putInt(0x80c80006)
                .putInt(SSRC + channel)
                .putLong(0xe8000000_00000000L)
                .putInt(timestamp)
                .putInt(1)
                .putInt(4)
                .array();
    }
}
