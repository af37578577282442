package dev.oriel.api.media;

import org.osgi.annotation.versioning.ConsumerType;

/** One open connection to a camera. */
@ConsumerType
public interface IngestSession extends AutoCloseable {

    /** Lets go of the camera; idempotent, returns at once. The sink gets its {@code onEnd} if it has not had one. */
    @Override
    void close();
}
