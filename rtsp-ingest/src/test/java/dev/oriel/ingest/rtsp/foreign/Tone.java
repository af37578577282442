package dev.oriel.ingest.rtsp.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What FFmpeg makes of a file of sound.
 *
 * @param seconds how long it is
 * @param purity how much of its energy lies at the frequency asked for, 0 to 1
 * @param complaints what FFmpeg had to say
 */
record Tone(double seconds, double purity, String complaints) {

    private static final int RATE = 48_000;

    /** Decodes a file. @param form the options that tell what is in it, if it does not say so itself */
    static Tone decoded(byte[] file, List<String> form, int hertz) throws IOException, InterruptedException {
        Path in = Files.createTempFile("oriel-sound", ".bin");
        Path out = Files.createTempFile("oriel-sound", ".pcm");
        Path log = Files.createTempFile("oriel-sound", ".log");
        try {
            Files.write(in, file);
            List<String> command =
                    new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-nostdin", "-y", "-loglevel", "warning"));
            command.addAll(form);
            command.addAll(List.of("-i", in.toString(), "-f", "s16le", "-ac", "1", "-ar", "" + RATE, out.toString()));
            Process ffmpeg = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!ffmpeg.waitFor(30, TimeUnit.SECONDS)) {
                ffmpeg.destroyForcibly();
                throw new AssertionError("FFmpeg does not come to an end");
            }
            ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(out))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            return new Tone(samples.remaining() / (double) RATE, purity(samples, hertz), Files.readString(log));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(log);
        }
    }

    /** The energy of a frequency against all, in pieces of a tenth of a second; the first, where decoders swing in, is left out. */
    private static double purity(ShortBuffer samples, int hertz) {
        int piece = RATE / 10;
        double at = 0;
        double all = 1;
        for (int from = piece; from + piece <= samples.remaining(); from += piece) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < piece; i++) {
                double sample = samples.get(from + i);
                double angle = 2 * Math.PI * hertz * i / RATE;
                re += sample * Math.cos(angle);
                im += sample * Math.sin(angle);
                all += sample * sample;
            }
            at += 2 * (re * re + im * im) / piece;
        }
        return at / all;
    }
}
