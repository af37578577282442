package dev.oriel.protocol.rtp.sound;

/** What takes the sound out of the packets of a track. Confined to one thread; tells a {@link UnitSink} within the calls. */
public interface UnitReader {

    /** Takes the payload of a packet. */
    void packet(byte[] bytes, int offset, int length, int timestamp, boolean marker);

    /** Packets are missing before the next one. */
    void gap();

    /** How many packets, or units in them, made no sense. */
    long malformed();

    /**
     * A reader of what is packed like that.
     *
     * @param mostBytes how large units may be that are no access units; at least as large as {@link SoundPacking.Samples} of
     *     all channels
     * @param clockRateHz as described, above 0
     */
    static UnitReader of(SoundPacking packing, int mostBytes, int clockRateHz, UnitSink sink) {
        if (packing instanceof SoundPacking.Generic generic) {
            AccessUnits out = new AccessUnits(generic.config(), true, clockRateHz, sink);
            Pieces pieces = new Pieces();
            return new UnitPackets(new GenericUnits(generic, pieces, out), pieces, out);
        }
        if (packing instanceof SoundPacking.Latm latm) {
            AudioConfig config = latm.mux().map(StreamMux::config).orElse(latm.guess());
            AccessUnits out = new AccessUnits(config, latm.mux().isPresent(), clockRateHz, sink);
            Pieces pieces = new Pieces();
            return new UnitPackets(new LatmUnits(latm, pieces, out), pieces, out);
        }
        return new SampleUnits(packing, mostBytes, sink);
    }
}
