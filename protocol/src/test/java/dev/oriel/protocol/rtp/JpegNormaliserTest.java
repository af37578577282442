package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.jpeg.PictureSize;
import dev.oriel.protocol.sdp.SessionDescription;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGQTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

/** JPEG pictures from what GStreamer made of files, judged by the JDK's own decoder. */
class JpegNormaliserTest {

    private static final int HEADER = 12;
    private static final int SCAN_WITH_TABLES = 8 + 4 + 128;

    private final List<RtpPacket> out = new ArrayList<>();
    private final List<PictureSize> sizes = new ArrayList<>();
    private final SequenceTracker sequence = new SequenceTracker();
    private final RtpView view = new RtpView();
    private JpegNormaliser normaliser =
            new JpegNormaliser(PictureSize.UNKNOWN, new NumberedPackets(out::add), sizes::add);
    private int next = 1;

    /** A file and the payloads it was sent in. */
    private record Sent(byte[] file, List<byte[]> payloads) {

        static Sent of(String name) {
            try (InputStream in = JpegNormaliserTest.class.getResourceAsStream("/jpeg/" + name + ".txt")) {
                List<byte[]> all = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .filter(l -> !l.startsWith("#"))
                        .map(RtpBytes::hex)
                        .toList();
                List<byte[]> payloads = all.stream()
                        .skip(1)
                        .map(p -> Arrays.copyOfRange(p, HEADER, p.length))
                        .toList();
                return new Sent(all.get(0), payloads);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        byte[] scanOfFirst() {
            return Arrays.copyOfRange(payloads.get(0), SCAN_WITH_TABLES, payloads.get(0).length);
        }

        byte[] tables() {
            return Arrays.copyOfRange(payloads.get(0), 12, SCAN_WITH_TABLES);
        }

        /** The same with another first payload. */
        Sent beginning(byte[]... first) {
            List<byte[]> changed = new ArrayList<>(payloads);
            changed.set(0, RtpBytes.join(first));
            return new Sent(file, changed);
        }

        /** The same with another byte at one place of each payload's header. */
        Sent with(int at, int value) {
            return new Sent(
                    file,
                    payloads.stream()
                            .map(p -> {
                                byte[] changed = p.clone();
                                changed[at] = (byte) value;
                                return changed;
                            })
                            .toList());
        }
    }

    private void feed(int timestamp, Sent sent) {
        for (int i = 0; i < sent.payloads.size(); i++) {
            feed(timestamp, i + 1 == sent.payloads.size(), sent.payloads.get(i));
        }
    }

    private void feed(int timestamp, boolean marker, byte[] payload) {
        packet(RtpBytes.packet(next++, timestamp, marker, payload), timestamp);
    }

    private void packet(byte[] packet, int timestamp) {
        assertTrue(view.moveTo(packet, 0, packet.length));
        normaliser.receive(view, sequence.arrived(view.sequenceNumber(), view.ssrc()), timestamp * 1000L);
    }

    /** The files that came out, as what is promised of their packets says where they begin and end. */
    private List<byte[]> files() {
        List<byte[]> files = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        for (RtpPacket packet : out) {
            assertEquals(open.size() == 0, packet.startsKeyframe());
            assertTrue(packet.payloadLength() > 0 && packet.payloadLength() <= RtpPacket.MAX_PAYLOAD_BYTES);
            assertEquals(packet.timestamp() * 1000L, packet.timeNanos());
            byte[] bytes = new byte[packet.payloadLength()];
            packet.copyPayload(bytes, 0);
            open.writeBytes(bytes);
            if (packet.marker()) {
                files.add(open.toByteArray());
                open.reset();
            }
        }
        assertEquals(0, open.size());
        return files;
    }

    private void assertShows(byte[] expected, byte[] actual) throws IOException {
        assertArrayEquals(pixels(expected), pixels(actual));
    }

    private static int[] pixels(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gstreamer-420", "gstreamer-422", "gstreamer-420-restarts"})
    void picture_ofGstreamer_isThatOfTheFile(String name) throws IOException {
        Sent sent = Sent.of(name);
        feed(1, sent);
        feed(2, sent);

        assertEquals(2, files().size());
        assertShows(sent.file, files().get(0));
        assertShows(sent.file, files().get(1));
        assertEquals(List.of(new PictureSize(96, 64), new PictureSize(96, 64)), sizes);
        assertEquals(0, normaliser.malformed());
    }

    @Test
    void tables_computed_areThoseOfTheEncoder() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        Sent computed = sent.beginning(Arrays.copyOf(sent.payloads.get(0), 8), sent.scanOfFirst());
        feed(1, computed.with(5, 60));

        assertShows(sent.file, files().get(0));
    }

    @Test
    void tables_computedForEachQuality_areThoseOfTheStandard() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        Sent computed = sent.beginning(Arrays.copyOf(sent.payloads.get(0), 8), sent.scanOfFirst());
        for (int quality = 1; quality <= 99; quality++) {
            feed(quality, computed.with(5, quality));
            float scale = (quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100f;
            List<JPEGQTable> tables = tables(files().get(quality - 1));
            assertArrayEquals(
                    JPEGQTable.K1Luminance.getScaledInstance(scale, true).getTable(),
                    tables.get(0).getTable());
            assertArrayEquals(
                    JPEGQTable.K2Chrominance.getScaledInstance(scale, true).getTable(),
                    tables.get(1).getTable());
        }
    }

    private static List<JPEGQTable> tables(byte[] file) throws IOException {
        var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(file)));
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_jpeg_image_1.0");
        NodeList nodes = root.getElementsByTagName("dqtable");
        List<JPEGQTable> tables = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            tables.add((JPEGQTable) ((IIOMetadataNode) nodes.item(i)).getUserObject());
        }
        return tables;
    }

    @Test
    void tables_sentWithAPictureBefore_areKeptForTheirNumberOnly() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        byte[] none = new byte[4];
        Sent without = sent.beginning(Arrays.copyOf(sent.payloads.get(0), 8), none, sent.scanOfFirst());
        feed(1, without.with(5, 130));
        feed(2, sent.with(5, 130));
        feed(3, without.with(5, 130));
        feed(4, without.with(5, 131));
        feed(5, sent);
        feed(6, without);

        assertEquals(
                List.of(2, 3, 5),
                out.stream().map(RtpPacket::timestamp).distinct().toList());
        assertShows(sent.file, files().get(1));
    }

    @Test
    void tables_ofSixteenBits_areRead() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        byte[] wide = new byte[128];
        for (int i = 0; i < 64; i++) {
            wide[2 * i + 1] = sent.tables()[64 + i];
        }
        byte[] eight = Arrays.copyOf(sent.tables(), 64);
        byte[] head = Arrays.copyOf(sent.payloads.get(0), 8);
        feed(1, sent.beginning(head, RtpBytes.hex("000200c0"), eight, wide, sent.scanOfFirst()));

        assertShows(sent.file, files().get(0));
    }

    @Test
    void tables_threeOrOne_areTakenAsFarAsTheyAreNeeded() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        byte[] head = Arrays.copyOf(sent.payloads.get(0), 8);
        feed(1, sent.beginning(head, RtpBytes.hex("000000c0"), sent.tables(), new byte[64], sent.scanOfFirst()));
        feed(2, sent.beginning(head, RtpBytes.hex("00000040"), Arrays.copyOf(sent.tables(), 64), sent.scanOfFirst()));

        assertShows(sent.file, files().get(0));
        assertEquals(96 * 64, pixels(files().get(1)).length);
    }

    @Test
    void fragment_missing_dropsItsPictureOnly() throws IOException {
        Sent sent = Sent.of("gstreamer-420-restarts");
        for (int missing = 0; missing < sent.payloads.size(); missing++) {
            out.clear();
            feed(1, sent);
            for (int i = 0; i < sent.payloads.size(); i++) {
                if (i == missing) {
                    next++;
                } else {
                    feed(2, i + 1 == sent.payloads.size(), sent.payloads.get(i));
                }
            }
            feed(3, sent);

            assertEquals(
                    List.of(1, 3),
                    out.stream().map(RtpPacket::timestamp).distinct().toList());
            assertShows(sent.file, files().get(0));
            assertShows(sent.file, files().get(1));
            int before = (int) out.stream().filter(p -> p.timestamp() == 1).count();
            int step = out.get(before).sequenceNumber() - out.get(before - 1).sequenceNumber();
            assertTrue(step > 1, "a gap says that a picture is missing");
        }
    }

    @Test
    void fragment_outOfItsPlace_dropsThePicture() {
        Sent sent = Sent.of("gstreamer-420");
        feed(1, false, sent.payloads.get(0));
        feed(1, false, sent.payloads.get(2));
        feed(1, true, sent.payloads.get(3));

        assertTrue(out.isEmpty());
        assertEquals(1, normaliser.malformed());
    }

    @Test
    void marker_missing_thePictureEndsWhereTheNextBegins() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        sent.payloads.forEach(p -> feed(1, false, p));
        assertTrue(out.isEmpty());
        sent.payloads.forEach(p -> feed(2, false, p));
        assertEquals(1, files().size());
        sent.payloads.forEach(p -> feed(2, false, p));

        assertEquals(2, files().size(), "although the timestamp stands still");
        assertShows(sent.file, files().get(1));
    }

    @Test
    void size_tooLargeForTheHeader_isTakenFromTheDescription() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        feed(1, sent.with(6, 0));
        assertTrue(out.isEmpty(), "nothing tells it");
        assertEquals(sent.payloads.size() > 0 ? 1 : 0, normaliser.malformed());

        normaliser = new JpegNormaliser(new PictureSize(96, 640), new NumberedPackets(out::add), sizes::add);
        feed(2, sent.with(6, 0));

        assertShows(sent.file, files().get(0));
        assertEquals(List.of(new PictureSize(96, 64)), sizes);
    }

    /** ONVIF: the file's own segments in a header extension. */
    @Test
    void segments_inTheHeaderExtension_goBeforeTheHeader() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        Sent wrong = sent.with(6, 0).with(7, 0).with(4, 0);
        byte[] frame = RtpBytes.hex("ffc00011080040006003012200021101031101");
        byte[] segments = Arrays.copyOf(frame, 20);
        segments[19] = -1;
        byte[] extension = RtpBytes.join(RtpBytes.hex("ffd80005"), segments);
        for (int i = 0; i < wrong.payloads.size(); i++) {
            byte[] payload = i == 0 ? RtpBytes.join(extension, wrong.payloads.get(0)) : wrong.payloads.get(i);
            byte[] packet = RtpBytes.packet(next++, 1, i + 1 == wrong.payloads.size(), payload);
            packet[0] |= (byte) (i == 0 ? 0x10 : 0);
            packet(packet, 1);
        }

        assertShows(sent.file, files().get(0));
        assertEquals(List.of(new PictureSize(96, 64)), sizes);
    }

    @Test
    void wholeFile_inPlaceOfTheScan_isTakenAsItIs() throws IOException {
        Sent sent = Sent.of("gstreamer-420");
        byte[] head = RtpBytes.hex("00000000" + "01320000");
        byte[] second = head.clone();
        second[2] = (byte) (800 >> 8);
        second[3] = (byte) 800;
        feed(1, false, RtpBytes.join(head, Arrays.copyOf(sent.file, 800)));
        feed(1, true, RtpBytes.join(second, Arrays.copyOfRange(sent.file, 800, sent.file.length)));

        assertArrayEquals(sent.file, files().get(0));
        assertEquals(List.of(new PictureSize(96, 64)), sizes);
    }

    @Test
    void interlaced_theEvenLinesAreLeftOut() {
        Sent sent = Sent.of("gstreamer-420");
        feed(1, sent.with(0, 1));
        feed(1, sent.with(0, 2));

        assertEquals(1, files().size());
        assertEquals(0, normaliser.malformed());
    }

    @Test
    void payload_senseless_isCounted() {
        Sent sent = Sent.of("gstreamer-420");
        feed(1, sent.with(4, 7));
        feed(2, true, new byte[7]);
        feed(3, true, Arrays.copyOf(sent.payloads.get(0), 100));
        feed(4, true, RtpBytes.hex("00000000" + "41ff0c08" + "0002"));

        assertTrue(out.isEmpty());
        assertEquals(4, normaliser.malformed());
        feed(5, sent);
        assertFalse(out.isEmpty());
    }

    @Test
    void receiver_jpeg_isATrackWithAReport() {
        List<MediaFormat> formats = MediaFormat.of(SessionDescription.parse("m=video 0 RTP/AVP 26"));
        MediaReceiver receiver = new MediaReceiver(formats, formats, new Silent());
        receiver.begin();
        Sent sent = Sent.of("gstreamer-420");
        for (int i = 0; i < 30; i++) {
            for (byte[] payload : sent.payloads) {
                boolean marker = payload == sent.payloads.get(sent.payloads.size() - 1);
                byte[] packet = RtpBytes.packet(next++, i * 9000, marker, payload);
                receiver.rtp(i * 100_000_000L, 0, packet, 0, packet.length);
            }
        }

        PictureReport report = receiver.picture().orElseThrow();
        assertEquals(96, report.widthPixels());
        assertEquals(64, report.heightPixels());
        assertEquals(10, report.framesPerSecond(), 0.1);
        assertEquals(1, report.groupFrames());
        assertEquals(0, receiver.counters().malformed());
    }
}
