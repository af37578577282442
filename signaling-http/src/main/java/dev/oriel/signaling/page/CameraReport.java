package dev.oriel.signaling.page;

import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.PictureReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the engine knows of a camera, as JSON of the pages' own form; what is not known yet is left out. */
final class CameraReport {

    private CameraReport() {}

    static Map<String, Object> of(IngestReport report) {
        Map<String, Object> described = new LinkedHashMap<>();
        if (!report.transport().isEmpty()) {
            described.put("transport", report.transport());
        }
        if (!report.keepalive().isEmpty()) {
            described.put("keepalive", report.keepalive());
        }
        described.put("packets", report.packets());
        described.put("lost", report.lost());
        described.put("malformed", report.malformed());
        described.put("skippedBytes", report.skippedBytes());
        if (!report.remarks().isEmpty()) {
            described.put("remarks", report.remarks());
        }
        report.picture().ifPresent(picture -> described.put("picture", of(picture)));
        return described;
    }

    private static Map<String, Object> of(PictureReport picture) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("widthPixels", picture.widthPixels());
        described.put("heightPixels", picture.heightPixels());
        described.put("framesPerSecond", Math.round(picture.framesPerSecond() * 10) / 10.0);
        described.put("bitsPerSecond", picture.bitsPerSecond());
        described.put("groupFrames", picture.groupFrames());
        described.put("groupMillis", picture.groupLength().toMillis());
        described.put("bFrames", picture.order() == PictureReport.Order.REORDERED);
        described.put("outOfDecodingOrder", picture.order() == PictureReport.Order.INTERLEAVED);
        return described;
    }
}
