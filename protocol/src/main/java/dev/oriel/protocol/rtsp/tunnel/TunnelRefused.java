package dev.oriel.protocol.rtsp.tunnel;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.failure.RelayException;
import dev.oriel.protocol.rtsp.RtspScheme;

/** The failures of a tunnel as sentences; none holds anything but host and port, and a status. */
record TunnelRefused(SourceLocation camera, String kind) {

    RelayException status(int status) {
        String what = switch (status) {
            case 403 -> "does not let this user open " + kind;
            case 404 -> "has no such place for " + kind;
            case 503 -> "is busy";
            default -> "does not open " + kind;
        };
        return new CameraRefused(status, sentence(what + " (" + status + ")"));
    }

    RelayException login(String what) {
        return new CameraRefused(401, sentence(what + " (401)"));
    }

    RelayException noHttp() {
        return new CameraUnsupported(sentence("does not speak HTTP where " + kind + " was asked for"));
    }

    RelayException broken(String what) {
        return new CameraUnsupported(sentence(what));
    }

    RelayException closed() {
        return new CameraUnreachable(sentence("closed the connection while " + kind + " was awaited"));
    }

    private String sentence(String what) {
        return "The camera at " + RtspScheme.nameOf(camera) + " " + what + ".";
    }
}
