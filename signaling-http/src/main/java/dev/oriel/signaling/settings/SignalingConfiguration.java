package dev.oriel.signaling.settings;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of the configuration {@code dev.oriel.signaling}. Lists may also be one text with commas. */
@ObjectClassDefinition(
        id = SignalingConfiguration.PID,
        name = "Oriel signaling",
        description = "Where pages and players find Oriel on the web server, and what strangers may ask of it.")
public @interface SignalingConfiguration {

    String PID = "dev.oriel.signaling";

    @AttributeDefinition(
            name = "Path",
            description = "The path on the web server under which everything is found; / for the whole server.")
    String prefix() default "/oriel";

    @AttributeDefinition(
            name = "Allowed sources",
            description = "Hosts that a viewer may name in a camera URL: addresses, ranges such as 10.0.0.0/8, names, "
                    + "*.domain, or * for all. Configured cameras need no entry. Link-local and multicast addresses "
                    + "are never allowed.")
    String[] allowedSources() default {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"};

    @AttributeDefinition(
            name = "Allow loopback",
            description = "Whether a viewer may name a camera URL on this machine itself.")
    boolean allowLoopback() default false;

    @AttributeDefinition(
            name = "Allowed origins",
            description =
                    "Web pages elsewhere that may show pictures from here, each as scheme://host:port; * for all.")
    String[] corsOrigins() default {"*"};
}
