package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.protocol.rtsp.RtspScheme;
import java.util.List;

/**
 * The failures of a camera as sentences for people; none holds anything but the camera's host and port, and numbers.
 *
 * @param camera host and port
 */
public record Refusal(String camera) {

    /** Those of one camera. */
    public static Refusal of(SourceLocation camera) {
        return new Refusal(RtspScheme.nameOf(camera));
    }

    /** A refusal with the status of its protocol; {@code what} goes behind the name of the camera, as below. */
    public CameraRefused refused(int status, String what) {
        return new CameraRefused(status, "The camera at " + camera + " " + what + " (" + status + ").");
    }

    /** An answer other than success to a request. */
    CameraRefused status(int status, String method) {
        String what = switch (status) {
            case 403 -> "does not let this user see the stream";
            case 404 -> "has no such stream";
            case 453 -> "has no bandwidth left for another viewer";
            case 454 -> "has forgotten the session";
            case 503 -> "is busy";
            default -> "refuses " + method;
        };
        return refused(status, what);
    }

    /** The answer to {@code SETUP}, after the ways up to the {@code last} were tried. */
    CameraRefused transport(int status, List<MediaWay> ways, int last) {
        if (status != 461) {
            return status(status, "SETUP");
        }
        String what = last == 0
                ? "does not send media over " + ways.get(0).words()
                : "sends media neither over " + ways.get(0).words() + " nor over "
                        + ways.get(last).words();
        return refused(status, what);
    }

    /** A login that did not work. */
    public CameraRefused login(String what) {
        return refused(401, what);
    }

    CameraRefused redirect(int status) {
        return new CameraRefused(
                status,
                "The camera at " + camera + " sends us to another address (" + status + "), which is not followed.");
    }

    /** No way to the camera, or none any more. */
    public CameraUnreachable unreachable(String what) {
        return new CameraUnreachable("The camera at " + camera + " " + what + ".");
    }

    /** An answer that cannot be used. */
    public CameraUnsupported unsupported(String what) {
        return new CameraUnsupported("The camera at " + camera + " " + what + ".");
    }
}
