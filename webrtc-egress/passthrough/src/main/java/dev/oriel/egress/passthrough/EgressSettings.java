package dev.oriel.egress.passthrough;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
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

    /** Names of interfaces. */
    @AttributeDefinition(
            name = "Interfaces",
            description =
                    "Network interfaces whose addresses are used, by name; * stands for any characters, as in eth*. "
                            + "None means all.",
            required = false)
    String[] allowInterfaces() default {};

    /** Names of interfaces. */
    @AttributeDefinition(
            name = "Interfaces left out",
            description = "Network interfaces whose addresses are not used, by name, as in docker*.",
            required = false)
    String[] denyInterfaces() default {};

    /** Networks in CIDR notation. */
    @AttributeDefinition(
            name = "Networks",
            description = "Networks whose addresses are used, as in 192.168.0.0/16 or fd00::/8. None means all.",
            required = false)
    String[] allowNetworks() default {};

    /** Networks in CIDR notation. */
    @AttributeDefinition(
            name = "Networks left out",
            description = "Networks whose addresses are not used, as in 172.17.0.0/16.",
            required = false)
    String[] denyNetworks() default {};

    /** Addresses, names, or "auto", each with a port or without. */
    @AttributeDefinition(
            name = "Further addresses",
            description =
                    "Where viewers can reach this machine besides its own addresses, as by a router's port forwarding or "
                            + "Docker's: ADDRESS, NAME, ADDRESS:PORT or NAME:PORT; without a port the UDP port above. auto or auto:PORT "
                            + "stands for the address the STUN servers see. Names are looked up again every three minutes.",
            required = false)
    String[] hostCandidates() default {};

    /** STUN servers, each a host with a port or without. */
    @AttributeDefinition(
            name = "STUN servers",
            description =
                    "Servers that tell how this machine is seen from outside, HOST or HOST:PORT (3478), at most 4. They are "
                            + "asked every 20 seconds. None by default: nobody outside is spoken to unless it is named here.",
            required = false)
    String[] stunServers() default {};

    /** URIs of RFC 7065. */
    @AttributeDefinition(
            name = "TURN servers",
            description = "Servers that pass media on to viewers no other way leads to: turn:HOST:PORT, "
                    + "turn:HOST:PORT?transport=tcp or turns:HOST:PORT (TLS). One is used, the first that gives an address. "
                    + "None by default.",
            required = false)
    String[] turnServers() default {};

    /** With {@link #_turnPassword}. */
    @AttributeDefinition(name = "TURN user", description = "Who logs in to the TURN servers.", required = false)
    String turnUsername() default "";

    /** A name with a dot in front, so that services do not show it. */
    @AttributeDefinition(
            name = "TURN password",
            description = "The TURN user's password.",
            type = AttributeType.PASSWORD,
            required = false)
    String _turnPassword() default "";

    /** Instead of user and password. */
    @AttributeDefinition(
            name = "TURN secret",
            description =
                    "A secret shared with the TURN servers (coturn's static-auth-secret), instead of user and password; "
                            + "a user for 24 hours is made of it, and another after 12 hours.",
            type = AttributeType.PASSWORD,
            required = false)
    String _turnSecret() default "";

    /** 32 bytes in hexadecimal digits, colons allowed. */
    @AttributeDefinition(
            name = "TURN fingerprint",
            description =
                    "SHA-256 fingerprint of the certificate of turns: servers, where no authority vouches for it.",
            required = false)
    String turnFingerprint() default "";

    /** 1 or more. */
    @AttributeDefinition(
            name = "Most viewers",
            description =
                    "How many viewers there are at most; those beyond are refused, and before that those for whom the machine is too slow.",
            min = "1")
    int maxViewers() default 4000;
}
