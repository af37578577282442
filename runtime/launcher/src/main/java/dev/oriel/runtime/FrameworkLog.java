package dev.oriel.runtime;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** The framework's own messages, sent where all others go; by itself it prints on standard output. */
final class FrameworkLog extends Logger {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as the method it overrides
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference reference,
            int level,
            String message,
            @Nullable Throwable cause) {
        switch (level) {
            case LOG_ERROR -> LOG.error(message, cause);
            case LOG_WARNING -> LOG.warn(message, cause);
            default -> LOG.debug(message, cause);
        }
    }
}
