package dev.oriel.core.shell;

import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The shell commands {@code oriel:cameras} and {@code oriel:viewers}: one line for each. */
@Component(
        service = OrielCommands.class,
        property = {"osgi.command.scope=oriel", "osgi.command.function=cameras", "osgi.command.function=viewers"})
public final class OrielCommands {

    private final StreamHub hub;
    private final StreamRelay relay;

    @Activate
    public OrielCommands(
            @Reference(policyOption = ReferencePolicyOption.GREEDY) StreamHub hub,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) StreamRelay relay) {
        this.hub = hub;
        this.relay = relay;
    }

    /** How each camera is. */
    public String cameras() {
        return lines(hub.streams().stream().map(OrielCommands::line).toList(), "No camera is known.");
    }

    /** How each viewer is. */
    public String viewers() {
        return lines(relay.viewers().stream().map(OrielCommands::line).toList(), "Nobody is watching.");
    }

    private static String line(StreamStatus camera) {
        String codecs = camera.tracks().stream()
                .map(track -> track.codec().encodingName())
                .collect(Collectors.joining("+"));
        return String.format(
                        Locale.ROOT,
                        "%-20s %-10s leases %d, packets %d, lost %d %s %s%s %s %s%s",
                        camera.name(),
                        camera.state(),
                        camera.leases(),
                        camera.packets(),
                        camera.report().lost(),
                        camera.report().transport(),
                        codecs,
                        camera.report().picture().map(OrielCommands::picture).orElse(""),
                        camera.url(),
                        Stream.concat(
                                        Stream.of(camera.whyNoPicture(), camera.whyNoSound()),
                                        camera.report().remarks().stream())
                                .filter(sentence -> !sentence.isEmpty())
                                .collect(Collectors.joining(" ")),
                        lastFailure(camera))
                .stripTrailing();
    }

    private static String picture(PictureReport picture) {
        return String.format(
                Locale.ROOT,
                " %dx%d %.0f fps %d kbit/s",
                picture.widthPixels(),
                picture.heightPixels(),
                picture.framesPerSecond(),
                picture.bitsPerSecond() / 1000);
    }

    /** The last failure, unless the sentence before says it. */
    private static String lastFailure(StreamStatus camera) {
        return camera.lastFailure()
                .map(RelayException::sentence)
                .filter(sentence -> !camera.whyNoPicture().startsWith(sentence))
                .map(sentence -> " (before: " + sentence + ")")
                .orElse("");
    }

    private static String line(ViewerStatus viewer) {
        return String.format(
                        Locale.ROOT,
                        "%-24s %-20s %-9s packets %d, lost %d, dropped %d %s",
                        viewer.id(),
                        viewer.stream(),
                        viewer.state(),
                        viewer.packetsSent(),
                        viewer.packetsLost(),
                        viewer.dropped(),
                        viewer.whyNoPicture())
                .stripTrailing();
    }

    private static String lines(List<String> lines, String none) {
        return lines.isEmpty() ? none : String.join("\n", lines);
    }
}
