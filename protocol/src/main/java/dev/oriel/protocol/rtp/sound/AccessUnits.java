package dev.oriel.protocol.rtp.sound;

import java.util.Optional;

/**
 * The access units of a track on their way out, however they were packed: takes ADTS headers off, dates the units of a packet
 * behind its first, and finds out what they are like and how their timestamps count. Confined to one thread.
 *
 * <p>Cameras describe a clock of 8000 or 90,000 Hz and count samples of another rate. Where the clock is not the config's, a
 * few steps of the timestamps tell which of the two is meant.
 */
final class AccessUnits {

    private static final int STEPS_TO_BELIEVE = 4;

    /** GStreamer computes timestamps of nanoseconds: steps are 1023 or 1024. */
    private static final int ROUNDING = 2;

    private final UnitSink sink;
    private AudioConfig config;
    private int clockRateHz;
    private boolean told;

    private boolean hasLast;
    private int lastTimestamp;
    private int unitsSince;
    private int stepsOfSamples;
    private long malformed;

    /**
     * @param config what the units are like, as far as it is known
     * @param described whether the sink knows it already
     */
    AccessUnits(AudioConfig config, boolean described, int clockRateHz, UnitSink sink) {
        this.config = config;
        this.told = described;
        this.clockRateHz = clockRateHz;
        this.sink = sink;
    }

    /** Units are missing, so the next step of the timestamp says nothing. */
    void gap() {
        hasLast = false;
    }

    /** The units are like this from here on. */
    void configure(AudioConfig other) {
        if (!told || !other.equals(config)) {
            told = true;
            config = other;
            sink.changed(other, clockRateHz);
        }
    }

    /**
     * Takes a unit, or a row of frames with ADTS headers.
     *
     * @param timestamp of the packet it came in
     * @param place how many units lie between that of the timestamp and this
     * @return how many units it was
     */
    int put(byte[] bytes, int offset, int length, int timestamp, int place) {
        if (place == 0) {
            measure(timestamp);
        }
        int count = 0;
        int at = offset;
        int end = offset + length;
        Optional<AdtsHeader> header = AdtsHeader.at(bytes, at, length);
        while (header.isPresent()) {
            AdtsHeader frame = header.get();
            if (frame.frameBytes() > end - at || frame.blocks() > 1) {
                malformed++;
                return count;
            }
            learn(frame);
            int body = frame.frameBytes() - frame.headerBytes();
            count += one(bytes, at + frame.headerBytes(), body, timestamp, place + count);
            at += frame.frameBytes();
            header = AdtsHeader.at(bytes, at, end - at);
        }
        return at > offset ? count : one(bytes, offset, length, timestamp, place);
    }

    /** The timestamp of a unit that is so many places behind that of a timestamp. */
    int dated(int timestamp, int place) {
        return timestamp + (int) ((long) place * config.frameSamples() * clockRateHz / config.sampleRateHz());
    }

    /** How many frames could not be taken out of their stream. */
    long malformed() {
        return malformed;
    }

    private int one(byte[] bytes, int offset, int length, int timestamp, int place) {
        if (length == 0) {
            return 0;
        }
        unitsSince++;
        sink.unit(bytes, offset, length, dated(timestamp, place), true);
        return 1;
    }

    /** The header of a frame is right where it and the description differ, for it was written by the encoder. */
    private void learn(AdtsHeader frame) {
        boolean listed = frame.channelConfiguration() == 0;
        boolean same = frame.sampleRateHz() == config.sampleRateHz()
                && (listed || frame.channelConfiguration() == config.channelConfiguration())
                && frame.objectType() == config.objectType();
        if (!same) {
            int channels = listed ? config.channels() : frame.channelConfiguration();
            configure(AudioConfig.of(frame.objectType(), frame.sampleRateHz(), channels == 7 ? 8 : channels));
        }
    }

    private void measure(int timestamp) {
        int step = timestamp - lastTimestamp;
        if (hasLast && step != 0 && clockRateHz != config.sampleRateHz()) {
            long samples = (long) unitsSince * config.frameSamples();
            stepsOfSamples = Math.abs(step - samples) <= ROUNDING ? stepsOfSamples + 1 : 0;
            if (stepsOfSamples >= STEPS_TO_BELIEVE) {
                clockRateHz = config.sampleRateHz();
                sink.changed(config, clockRateHz);
            }
        }
        if (!hasLast || step != 0) {
            unitsSince = 0;
        }
        hasLast = true;
        lastTimestamp = timestamp;
    }
}
