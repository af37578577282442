package dev.oriel.protocol.rtsp;

import java.util.Arrays;

/** Which channel of the connection carries what: a track's RTP, its RTCP, or nothing that is known. */
public final class InterleavedChannels {

    private static final int CHANNELS = 256;
    private static final int NONE = -1;

    private final int[] lines = new int[CHANNELS];
    private final boolean[] control = new boolean[CHANNELS];

    /** No channel is known. */
    public InterleavedChannels() {
        Arrays.fill(lines, NONE);
    }

    /**
     * Takes the channels of a track: those the camera has answered, and behind them those it was asked for, as some cameras
     * answer one thing and do the other. A channel that is taken stays with its track.
     */
    public void assign(int line, TransportHeader.Pair answered, TransportHeader.Pair asked) {
        assign(line, answered.rtp(), false);
        assign(line, answered.rtcp(), true);
        assign(line, asked.rtp(), false);
        assign(line, asked.rtcp(), true);
    }

    /** The track on a channel, or -1. */
    public int line(int channel) {
        return lines[channel];
    }

    /** Whether a channel carries RTCP. */
    public boolean isControl(int channel) {
        return control[channel];
    }

    private void assign(int line, int channel, boolean rtcp) {
        if (channel < CHANNELS && lines[channel] == NONE) {
            lines[channel] = line;
            control[channel] = rtcp;
        }
    }
}
