package dev.oriel.core.camera;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a camera's configuration holds, as consoles show it to people; {@link CameraConfiguration} reads it. */
@ObjectClassDefinition(
        name = "Oriel camera",
        description = "An RTSP camera that browsers can watch. One configuration for each camera.")
public @interface CameraSettings {

    /** The name viewers ask for. */
    @AttributeDefinition(
            name = "Name",
            description = "The name viewers ask for: letters, digits and . _ ~ = % -. "
                    + "If it is missing, the part of the PID behind ~ stands in.",
            required = false)
    String name();

    /** Where the camera is. */
    @AttributeDefinition(
            name = "URL",
            description = "For instance rtsp://192.0.2.20/stream1. It may hold user and password, encoded or not.")
    String url();

    /** The user to log in as. */
    @AttributeDefinition(
            name = "User",
            description = "The user to log in as, if the URL does not name one.",
            required = false)
    String user();

    /** The password to log in with. */
    @AttributeDefinition(
            name = "Password",
            description = "The password to log in with, if the URL does not hold one.",
            type = AttributeType.PASSWORD,
            required = false)
    String password();

    /** Whether the camera is open at all times. */
    @AttributeDefinition(
            name = "Always on",
            description =
                    "Open at all times instead of only while somebody watches; viewers then see a picture sooner.",
            required = false)
    boolean alwaysOn() default false;

    /** Whether sound is taken. */
    @AttributeDefinition(name = "Sound", description = "Whether the camera's sound is taken.", required = false)
    boolean audio() default true;

    /** How long the camera stays open. */
    @AttributeDefinition(
            name = "Linger",
            description = "Seconds the camera stays open after its last viewer.",
            min = "0",
            max = "3600",
            required = false)
    int lingerSeconds() default 10;

    /** How media comes. */
    @AttributeDefinition(
            name = "Transport",
            description = "How media comes: auto, tcp, udp or multicast.",
            required = false)
    String transport() default "auto";

    /** Whether the password may be sent in the clear. */
    @AttributeDefinition(
            name = "Basic login",
            description = "Whether the password may be sent in the clear where the camera asks for it.",
            required = false)
    boolean basicAuth() default true;

    /** Whose certificate is accepted. */
    @AttributeDefinition(
            name = "Trust",
            description = "Whose certificate an encrypted camera may have: authorities or anybody.",
            required = false)
    String tlsTrust() default "authorities";

    /** The one certificate that is accepted. */
    @AttributeDefinition(
            name = "Fingerprint",
            description = "SHA-256 of the one certificate that is accepted, in hexadecimal; wins over Trust.",
            required = false)
    String tlsFingerprint();

    /** Where the second stream is. */
    @AttributeDefinition(
            name = "Second URL",
            description = "A second stream for viewers who cannot play the first; same login unless it names its own.",
            required = false)
    String substreamUrl();
}
