package dev.oriel.benchmarks.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtp.MediaReceiver;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The camera through Oriel's own way in: what comes out has to be stamped still. */
class CameraClientTest {

    private static final String URL = "rtsp://127.0.0.1:1/g1/cam3";
    private static final long START = 1_000_000_000_000L;
    private static final long FRAME = FrameSchedule.FRAME_NANOS;

    private final CameraClient camera = new CameraClient(START, 0);
    private final RtspReader reader = new RtspReader();
    private final List<RtspResponse> responses = new ArrayList<>();
    private final List<RtpPacket> packets = new ArrayList<>();
    private Optional<MediaReceiver> receiver = Optional.empty();
    private long now = START;

    private void ask(String method, RtspHeaders headers) {
        camera.receive(
                now, RtspRequest.of(method, URL, headers.with("CSeq", "1")).write());
        read();
    }

    private void read() {
        for (Optional<ByteBuffer> next = camera.pending(); next.isPresent(); next = camera.pending()) {
            int bytes = next.get().remaining();
            reader.receive(next.get(), new RtspReader.Events() {
                @Override
                public void onRequest(RtspRequest request) {
                    throw new AssertionError(request);
                }

                @Override
                public void onResponse(RtspResponse response) {
                    responses.add(response);
                }

                @Override
                public void onFrame(int channel, byte[] slab, int offset, int length) {
                    if (channel == 4) {
                        receiver.orElseThrow().rtp(now, 0, slab, offset, length);
                    }
                }
            });
            camera.written(bytes);
        }
    }

    @Test
    void play_twoSeconds_everyPictureKeepsItsStampThroughTheNormaliser() {
        ask("DESCRIBE", RtspHeaders.NONE);
        List<MediaFormat> formats =
                MediaFormat.of(SessionDescription.parse(responses.get(0).bodyText()));
        receiver = Optional.of(new MediaReceiver(formats, formats, new MediaSink() {
            @Override
            public void onTracks(List<Track> tracks) {
                assertEquals("H264", tracks.get(0).codec().encodingName());
            }

            @Override
            public void onPacket(Track track, RtpPacket packet) {
                packets.add(packet);
            }

            @Override
            public void onEnd(EndReason reason) {
                throw new AssertionError(reason);
            }
        }));
        receiver.get().begin();
        ask("SETUP", RtspHeaders.of("Transport", "RTP/AVP/TCP;unicast;interleaved=4-5"));
        ask("PLAY", RtspHeaders.NONE);
        assertEquals(
                List.of(200, 200, 200),
                responses.stream().map(RtspResponse::status).toList());

        List<FrameStamp> found = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            now = camera.deadlineNanos().orElseThrow();
            camera.wake(now);
            read();
        }
        long keyframes = packets.stream().filter(RtpPacket::startsKeyframe).count();
        for (RtpPacket packet : packets) {
            byte[] payload = new byte[2048];
            int length = packet.copyPayload(payload, 0);
            assertTrue(length <= RtpPacket.MAX_PAYLOAD_BYTES);
            FrameStamp.find(payload, 0, length).ifPresent(found::add);
        }

        assertEquals(2, keyframes);
        assertEquals(50, found.size());
        for (int i = 1; i < found.size(); i++) {
            assertEquals(found.get(i - 1).number() + 1, found.get(i).number());
            assertEquals(FRAME, found.get(i).sentNanos() - found.get(i - 1).sentNanos());
        }
    }

    @Test
    void wake_clientThatDoesNotRead_hasPicturesDropped() {
        ask("SETUP", RtspHeaders.of("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1"));
        ask("PLAY", RtspHeaders.NONE);

        for (int i = 0; i < 250; i++) {
            camera.wake(camera.deadlineNanos().orElseThrow());
        }

        int waiting = 0;
        for (Optional<ByteBuffer> next = camera.pending(); next.isPresent(); next = camera.pending()) {
            waiting += next.get().remaining();
            int bytes = next.get().remaining();
            next.get().position(next.get().limit());
            camera.written(bytes);
        }
        assertTrue(waiting < 700_000, waiting + " bytes");
    }

    @Test
    void describe_unknownCamera_isNotFound() {
        camera.receive(
                now,
                RtspRequest.of("DESCRIBE", "rtsp://127.0.0.1:1/other", RtspHeaders.of("CSeq", "1"))
                        .write());
        read();

        assertEquals(404, responses.get(0).status());
    }
}
