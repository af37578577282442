package dev.oriel.api.discovery;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The service that tells what kind of streaming server answers at a URL, by asking all probes side by side. */
@ProviderType
public interface ServerDiscovery {

    /**
     * Looks at a server.
     *
     * @param url http or https; user information in it is used to log in
     * @return completes within 5 seconds, and never with a failure: a URL that is none is an outcome too
     */
    CompletionStage<Discovery> discover(String url);
}
