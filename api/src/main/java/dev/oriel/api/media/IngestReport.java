package dev.oriel.api.media;

import java.util.List;
import java.util.Optional;

/**
 * What an ingest session knows about its camera beyond the media, at one moment.
 *
 * @param transport how media comes, in a word or two such as {@code UDP} or {@code TCP in HTTP}; empty until known
 * @param keepalive the request that keeps the session alive, such as {@code GET_PARAMETER}; empty until known or if none does
 * @param packets RTP packets taken since it was opened
 * @param lost packets that never came
 * @param malformed packets, or parts of them, that made no sense
 * @param skippedBytes bytes of the connection that belonged to nothing and were passed over
 * @param picture what the video is like; absent until enough of it was seen
 * @param remarks what the camera does otherwise than it says, as sentences for people; none of them is why there is no
 *     picture
 */
public record IngestReport(
        String transport,
        String keepalive,
        long packets,
        long lost,
        long malformed,
        long skippedBytes,
        Optional<PictureReport> picture,
        List<String> remarks) {

    public IngestReport {
        remarks = List.copyOf(remarks);
    }

    /** A report without remarks. */
    public IngestReport(
            String transport,
            String keepalive,
            long packets,
            long lost,
            long malformed,
            long skippedBytes,
            Optional<PictureReport> picture) {
        this(transport, keepalive, packets, lost, malformed, skippedBytes, picture, List.of());
    }

    /** Nothing is known. */
    public static final IngestReport NONE = new IngestReport("", "", 0, 0, 0, 0, Optional.empty());
}
