package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import java.util.List;

/**
 * The failures of a camera as sentences for people; none holds anything but the camera's host and port, and numbers.
 *
 * @param camera host and port
 */
record Refusal(String camera) {

    CameraRefused status(int status, String method) {
        String what = switch (status) {
            case 403 -> "does not let this user see the stream";
            case 404 -> "has no such stream";
            case 453 -> "has no bandwidth left for another viewer";
            case 454 -> "has forgotten the session";
            case 503 -> "is busy";
            default -> "refuses " + method;
        };
        return new CameraRefused(status, "The camera at " + camera + " " + what + " (" + status + ").");
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
        return new CameraRefused(status, "The camera at " + camera + " " + what + " (461).");
    }

    CameraRefused login(String what) {
        return new CameraRefused(401, "The camera at " + camera + " " + what + " (401).");
    }

    CameraRefused redirect(int status) {
        return new CameraRefused(
                status,
                "The camera at " + camera + " sends us to another address (" + status + "), which is not followed.");
    }

    CameraUnreachable unreachable(String what) {
        return new CameraUnreachable("The camera at " + camera + " " + what + ".");
    }

    CameraUnsupported unsupported(String what) {
        return new CameraUnsupported("The camera at " + camera + " " + what + ".");
    }
}
