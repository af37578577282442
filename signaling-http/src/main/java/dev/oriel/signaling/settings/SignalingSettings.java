package dev.oriel.signaling.settings;

import dev.oriel.signaling.source.HostRule;
import dev.oriel.signaling.source.UrlPolicy;
import dev.oriel.signaling.wire.Cors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the configuration {@code dev.oriel.signaling} says, read and checked; a change of it makes a new one. */
@Component(
        service = SignalingSettings.class,
        configurationPid = SignalingConfiguration.PID,
        property = "oriel.signaling.internal=true")
@Designate(ocd = SignalingConfiguration.class)
public final class SignalingSettings {

    private static final Logger LOG = LoggerFactory.getLogger(SignalingSettings.class);

    private final String prefix;
    private final UrlPolicy policy;
    private final Cors cors;

    /** Reads a configuration; an entry that cannot be used is logged and left out. */
    @Activate
    public SignalingSettings(SignalingConfiguration configuration) {
        this(
                configuration.prefix(),
                List.of(configuration.allowedSources()),
                configuration.allowLoopback(),
                List.of(configuration.corsOrigins()));
    }

    /** The same from single values. */
    public SignalingSettings(
            String prefix, List<String> allowedSources, boolean allowLoopback, List<String> corsOrigins) {
        this.prefix = normal(prefix);
        this.policy = new UrlPolicy(
                entries(allowedSources).flatMap(entry -> rule(entry).stream()).toList(),
                allowLoopback ? UrlPolicy.Loopback.ALLOWED : UrlPolicy.Loopback.REFUSED);
        this.cors = new Cors(entries(corsOrigins).toList());
    }

    /** Where the server is mounted: empty for the root, or starting and not ending with a slash. */
    public String prefix() {
        return prefix;
    }

    /** Which cameras a viewer may name by URL. */
    public UrlPolicy policy() {
        return policy;
    }

    /** Whose pages may read answers. */
    public Cors cors() {
        return cors;
    }

    private static String normal(String prefix) {
        String inner = prefix.strip().replaceAll("^/+|/+$", "");
        if (!inner.matches("[A-Za-z0-9._~/-]*")) {
            LOG.warn("The prefix in {} holds a character that it must not; /oriel is used", SignalingConfiguration.PID);
            return "/oriel";
        }
        return inner.isEmpty() ? "" : "/" + inner;
    }

    private static Stream<String> entries(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<HostRule> rule(String entry) {
        try {
            return Optional.of(HostRule.parse(entry));
        } catch (IllegalArgumentException e) {
            LOG.warn("An entry of allowedSources in {} is left out: {}", SignalingConfiguration.PID, e.getMessage());
            return Optional.empty();
        }
    }
}
