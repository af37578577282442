package dev.oriel.signaling.dialect;

import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.NotAllowed;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.failure.StreamNotFound;
import java.util.List;

/** One failure of each kind. */
final class Failures {

    static final RelayException UNREACHABLE = new CameraUnreachable("192.0.2.20:554 refused the connection.");
    static final RelayException REFUSED = new CameraRefused(401, "The camera wants other credentials.");
    static final RelayException UNSUPPORTED = new CameraUnsupported("The camera sends <nothing> & stays silent.");
    static final RelayException NO_CODEC = new NoCommonCodec(List.of("H265"), List.of("H264", "VP8"));
    static final RelayException REJECTED = new OfferRejected("The offer has no ice-ufrag.");
    static final RelayException NO_ENGINE = new NoEngine("No engine is installed.");
    static final RelayException NOT_ALLOWED = new NotAllowed("That host is not allowed.");
    static final RelayException NOT_FOUND = new StreamNotFound("front");

    static final List<RelayException> ALL =
            List.of(UNREACHABLE, REFUSED, UNSUPPORTED, NO_CODEC, REJECTED, NO_ENGINE, NOT_ALLOWED, NOT_FOUND);

    private Failures() {}
}
