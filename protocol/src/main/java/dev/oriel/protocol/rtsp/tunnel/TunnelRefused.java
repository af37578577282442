package dev.oriel.protocol.rtsp.tunnel;

import dev.oriel.api.failure.RelayException;
import dev.oriel.protocol.rtsp.client.Refusal;

/** The failures of a tunnel as sentences; none holds anything but host and port, and a status. */
record TunnelRefused(Refusal camera, String kind) {

    RelayException status(int status) {
        String what = switch (status) {
            case 403 -> "does not let this user open " + kind;
            case 404 -> "has no such place for " + kind;
            case 503 -> "is busy";
            default -> "does not open " + kind;
        };
        return camera.refused(status, what);
    }

    RelayException login(String what) {
        return camera.login(what);
    }

    RelayException noHttp() {
        return broken("does not speak HTTP where " + kind + " was asked for");
    }

    RelayException broken(String what) {
        return camera.unsupported(what);
    }

    RelayException closed() {
        return camera.unreachable("closed the connection while " + kind + " was awaited");
    }
}
