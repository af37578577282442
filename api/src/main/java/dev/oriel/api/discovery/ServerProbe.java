package dev.oriel.api.discovery;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that recognises one kind of server by its HTTP answers. */
@ConsumerType
public interface ServerProbe {

    /** The kind it recognises. */
    ServerType type();

    /** Looks at a server; completes within 4 seconds, and never with a failure: not to know is a result too. */
    CompletionStage<ProbeResult> probe(URI server);
}
