package dev.oriel.protocol.rtp.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One picture at a time, put together from its parts to a file of its own.
 *
 * <p>What a header extension of the first packet holds (ONVIF: segments of the camera's own file, as pictures of more than
 * 2040 pixels, or with Huffman tables of their own, need them) goes before what RFC 2435 makes up for.
 *
 * <p>Order of calls: {@link #begin}, {@link #append} for each part, the first one too, {@link #end}. Once one of the first
 * two has answered false, the picture is lost. Confined to one thread.
 */
public final class JpegFile {

    /** More is no picture but a mistake. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final byte[] START_AND_JFIF =
            HexFormat.of().parseHex("ffd8" + "ffe0" + "0010" + "4a46494600" + "0101" + "00" + "00010001" + "0000");

    /** The tables of ISO/IEC 10918-1 annex K.3 for brightness and colour, DC and AC, which all encoders use. */
    private static final byte[] HUFFMAN_TABLES = HexFormat.of()
            .parseHex("ffc4001f00" + "00010501010101010100000000000000" + "000102030405060708090a0b"
                    + "ffc400b510" + "0002010303020403050504040000017d"
                    + "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
                    + "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a73747576777879"
                    + "7a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9"
                    + "cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
                    + "ffc4001f01" + "00030101010101010101010000000000" + "000102030405060708090a0b"
                    + "ffc400b511" + "00020102040403040705040400010277"
                    + "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f117"
                    + "18191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778"
                    + "797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7"
                    + "c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    private static final byte[] SCAN =
            HexFormat.of().parseHex("ffda" + "000c" + "03" + "0100" + "0211" + "0311" + "003f00");

    private final PictureSize described;
    private final QuantisationTables tables = new QuantisationTables();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private PictureSize size = PictureSize.UNKNOWN;
    private int scanBytes;

    /** @param described how large pictures are by the camera's description, for those that do not say it themselves */
    public JpegFile(PictureSize described) {
        this.described = described;
    }

    /**
     * Begins a picture; answers whether it can become a file.
     *
     * @param first the payload with the fragment offset 0
     * @param extension bytes in which the packet's header extension lies, if it is one of JPEG segments
     * @param length the extension's length, 0 if there is none
     */
    public boolean begin(JpegPayload first, byte[] extension, int offset, int length) {
        file.reset();
        scanBytes = 0;
        if (JpegSegments.startImage(first.bytes(), first.scanOffset(), first.scanOffset() + first.scanLength())) {
            // Some cameras send their whole file as if it were the scan.
            size = JpegSegments.size(JpegSegments.find(
                    first.bytes(),
                    first.scanOffset(),
                    first.scanOffset() + first.scanLength(),
                    JpegSegments.BASELINE_FRAME));
            return true;
        }
        int end = offset + length;
        byte[] frame = JpegSegments.find(extension, offset, end, JpegSegments.BASELINE_FRAME);
        byte[] quantisation = JpegSegments.find(extension, offset, end, JpegSegments.QUANTISATION);
        byte[] huffman = JpegSegments.find(extension, offset, end, JpegSegments.HUFFMAN);
        byte[] restarts = JpegSegments.find(extension, offset, end, JpegSegments.RESTART_INTERVAL);
        int tableCount = 2;
        // Asked for in any case: they may be meant to be kept.
        Optional<QuantisationTables.Tables> told = tables.of(first);
        if (quantisation.length == 0) {
            if (told.isEmpty()) {
                return false;
            }
            quantisation = told.get().segment();
            tableCount = told.get().count();
        }
        size = size(first, frame);
        if (frame.length == 0) {
            if (!size.isKnown() || first.sampling() > 1) {
                return false;
            }
            frame = frame(first.sampling(), tableCount);
        }
        file.writeBytes(START_AND_JFIF);
        file.writeBytes(quantisation);
        file.writeBytes(frame);
        file.writeBytes(huffman.length == 0 ? HUFFMAN_TABLES : huffman);
        file.writeBytes(restarts.length == 0 ? restarts(first.restartInterval()) : restarts);
        file.writeBytes(SCAN);
        return true;
    }

    /** Takes the next part; answers whether it is the next one. */
    public boolean append(JpegPayload part) {
        if (part.fragmentOffset() != scanBytes || file.size() + part.scanLength() > MAX_BYTES) {
            return false;
        }
        file.write(part.bytes(), part.scanOffset(), part.scanLength());
        scanBytes += part.scanLength();
        return true;
    }

    /** The picture is complete; answers it. */
    public byte[] end() {
        byte[] whole = file.toByteArray();
        file.reset();
        int length = whole.length;
        boolean ended = whole[length - 2] == -1 && (whole[length - 1] & 0xff) == JpegSegments.END_OF_IMAGE;
        if (!ended) {
            whole = Arrays.copyOf(whole, length + 2);
            whole[length] = -1;
            whole[length + 1] = (byte) JpegSegments.END_OF_IMAGE;
        }
        return whole;
    }

    /** How large the picture is that was begun last. */
    public PictureSize size() {
        return size;
    }

    private PictureSize size(JpegPayload first, byte[] frame) {
        PictureSize own = JpegSegments.size(frame);
        if (own.isKnown()) {
            return own;
        }
        // Either number alone may be too large for its field.
        return new PictureSize(
                first.widthPixels() == 0 ? described.widthPixels() : first.widthPixels(),
                first.heightPixels() == 0 ? described.heightPixels() : first.heightPixels());
    }

    private byte[] frame(int sampling, int tableCount) {
        byte[] frame =
                HexFormat.of().parseHex("ffc0" + "0011" + "08" + "00000000" + "03" + "012100" + "021100" + "031100");
        frame[5] = (byte) (size.heightPixels() >> 8);
        frame[6] = (byte) size.heightPixels();
        frame[7] = (byte) (size.widthPixels() >> 8);
        frame[8] = (byte) size.widthPixels();
        frame[11] = (byte) (sampling == 0 ? 0x21 : 0x22);
        frame[15] = (byte) (tableCount - 1);
        frame[18] = (byte) (tableCount - 1);
        return frame;
    }

    private static byte[] restarts(int interval) {
        return interval == 0
                ? new byte[0]
                : new byte[] {-1, (byte) JpegSegments.RESTART_INTERVAL, 0, 4, (byte) (interval >> 8), (byte) interval};
    }
}
