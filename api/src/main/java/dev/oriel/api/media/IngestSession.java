package dev.oriel.api.media;

import org.osgi.annotation.versioning.ConsumerType;

/** One open connection to a camera. */
@ConsumerType
public interface IngestSession extends AutoCloseable {

    /** What it knows about its camera by now. Any thread, returns at once; also after the end, as it was then. */
    default IngestReport report() {
        return IngestReport.NONE;
    }

    /** Lets go of the camera; idempotent, returns at once. The sink gets its {@code onEnd} if it has not had one. */
    @Override
    void close();
}
