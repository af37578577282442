package dev.oriel.protocol.rtp.sound;

/** Samples, or packets of sound that cannot be cut: passed on as they are, or cut where samples end. */
final class SampleUnits implements UnitReader {

    private final SoundPacking packing;
    private final int mostBytes;
    private final UnitSink sink;
    private long malformed;

    /** @param mostBytes of what is passed on */
    SampleUnits(SoundPacking packing, int mostBytes, UnitSink sink) {
        this.packing = packing;
        this.mostBytes = mostBytes;
        this.sink = sink;
    }

    @Override
    public void gap() {
        // Each packet is of its own.
    }

    @Override
    public long malformed() {
        return malformed;
    }

    @Override
    public void packet(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        if (length > 0 && packing instanceof SoundPacking.Samples samples) {
            byte[] from = samples.lowByteFirst() ? turned(bytes, offset, length) : bytes;
            cut(samples, from, samples.lowByteFirst() ? 0 : offset, length, timestamp, marker);
        } else if (length > 0 && length <= mostBytes) {
            sink.unit(bytes, offset, length, timestamp, marker);
        } else {
            malformed++;
        }
    }

    private void cut(
            SoundPacking.Samples samples, byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        int most = mostBytes / samples.unitBytes() * samples.unitBytes();
        for (int at = 0; at < length; at += most) {
            int ticks = at / samples.unitBytes() * samples.unitTicks();
            sink.unit(bytes, offset + at, Math.min(most, length - at), timestamp + ticks, marker && at == 0);
        }
    }

    private static byte[] turned(byte[] bytes, int offset, int length) {
        byte[] turned = new byte[length];
        for (int i = 0; i < length; i++) {
            int other = i ^ 1;
            turned[other < length ? other : i] = bytes[offset + i];
        }
        return turned;
    }
}
