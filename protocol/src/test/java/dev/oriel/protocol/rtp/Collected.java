package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Feeds a normaliser of H.264 or H.265 and keeps what comes out. */
final class Collected {

    final List<RtpPacket> packets = new ArrayList<>();
    final List<Codec> codecs = new ArrayList<>();
    final Normaliser normaliser;
    private final SequenceTracker sequence = new SequenceTracker();
    private final RtpView view = new RtpView();
    private final NalSyntax syntax;
    private int next = 100;

    Collected(NalSyntax syntax, Bytes... described) {
        this.syntax = syntax;
        this.normaliser =
                new NalNormaliser(syntax, List.of(described), false, new NumberedPackets(packets::add), codecs::add);
    }

    private Collected(NalSyntax syntax, boolean numbered) {
        this.syntax = syntax;
        this.normaliser =
                new H26xNormaliser(syntax, List.of(), numbered, new NumberedPackets(packets::add), codecs::add);
    }

    /** What may be another codec than the one described. */
    static Collected ofAny(NalSyntax described) {
        return new Collected(described, false);
    }

    /** H.265 with decoding order numbers. */
    static Collected numbered() {
        return new Collected(NalSyntax.H265, true);
    }

    Collected feed(int timestamp, boolean marker, byte[] payload) {
        byte[] packet = RtpBytes.packet(next++, timestamp, marker, payload);
        if (view.moveTo(packet, 0, packet.length)) {
            normaliser.receive(view, sequence.arrived(view.sequenceNumber(), view.ssrc()), timestamp * 1000L);
        }
        return this;
    }

    /** A whole packet, with the number it has. */
    void arrive(byte[] packet) {
        if (view.moveTo(packet, 0, packet.length)) {
            SequenceTracker.Arrival arrival = sequence.arrived(view.sequenceNumber(), view.ssrc());
            if (arrival != SequenceTracker.Arrival.OLD) {
                normaliser.receive(view, arrival, view.timestamp() * 1000L);
            }
        }
    }

    Collected feed(int timestamp, boolean marker, String hex) {
        return feed(timestamp, marker, RtpBytes.hex(hex));
    }

    Collected lose(int packets) {
        next += packets;
        return this;
    }

    /** What came out, a packet each: timestamp, K where a keyframe starts, M for the marker, # behind a gap, payload. */
    List<String> told() {
        List<String> all = new ArrayList<>();
        int expected = packets.isEmpty() ? 0 : packets.get(0).sequenceNumber();
        for (RtpPacket p : packets) {
            byte[] payload = new byte[p.payloadLength()];
            p.copyPayload(payload, 0);
            all.add((p.sequenceNumber() == expected ? "" : "#") + p.timestamp() + (p.startsKeyframe() ? "K" : "")
                    + (p.marker() ? "M" : "") + " " + HexFormat.of().formatHex(payload));
            expected = p.sequenceNumber() + 1 & 0xffff;
        }
        return all;
    }

    /** What came out as NAL units, fragments put together. */
    List<Bytes> nals() {
        List<Bytes> all = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        for (RtpPacket p : packets) {
            byte[] payload = new byte[p.payloadLength()];
            p.copyPayload(payload, 0);
            int header = syntax.header(payload, 0);
            if (syntax.type(header) != syntax.fragmentType()) {
                all.add(Bytes.copyOf(payload));
                continue;
            }
            int overhead = syntax.headerBytes() + 1;
            int flags = payload[overhead - 1];
            if ((flags & NalSyntax.FRAGMENT_START) != 0) {
                open.reset();
                byte[] whole = new byte[syntax.headerBytes()];
                syntax.putHeader(whole, 0, syntax.withType(header, syntax.typeInFragment(flags)));
                open.writeBytes(whole);
            }
            open.write(payload, overhead, payload.length - overhead);
            if ((flags & NalSyntax.FRAGMENT_END) != 0) {
                all.add(Bytes.copyOf(open.toByteArray()));
            }
        }
        return all;
    }
}
