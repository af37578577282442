package dev.oriel.egress.passthrough;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The engine's configuration. */
@ObjectClassDefinition(name = "Oriel WebRTC egress", description = "How browsers reach the media.")
@interface EgressSettings {

    /** The configuration's name. */
    String PID = "dev.oriel.egress";

    /** One port for all viewers, 0 to 65535. */
    @AttributeDefinition(
            name = "UDP port",
            description = "The one port all viewers are sent media from; 0 for any free one.",
            min = "0",
            max = "65535")
    int udpPort() default 8189;

    /** Whether viewers may connect by TCP, too. */
    @AttributeDefinition(
            name = "TCP, too",
            description = "Whether viewers that cannot send UDP may connect by TCP, to a port of the same number.")
    boolean tcp() default true;

    /** IP addresses of this machine. */
    @AttributeDefinition(
            name = "Further addresses",
            description = "IP addresses of this machine to be reachable at besides those found.",
            required = false)
    String[] hostCandidates() default {};

    /** 1 or more. */
    @AttributeDefinition(
            name = "Most viewers",
            description = "How many viewers there are at most; those beyond are refused.",
            min = "1")
    int maxViewers() default 500;
}
