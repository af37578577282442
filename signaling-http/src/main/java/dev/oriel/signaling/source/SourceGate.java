package dev.oriel.signaling.source;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.signaling.background.Background;
import dev.oriel.signaling.source.UrlPolicy.Verdict;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets a viewer's URL through to a camera, or says why not: the policy, and the resolver that it does not ask itself. */
public final class SourceGate {

    /** Leaves the camera most of the nine seconds that an answer has. */
    private static final long RESOLVE_TIMEOUT_MILLIS = 2_000;

    private final UrlPolicy policy;
    private final Background background;
    private final Resolver resolver;

    /** What finds the addresses of a name; may block. */
    @FunctionalInterface
    public interface Resolver {

        /** The resolver of this machine. */
        Resolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

        /** The addresses in the order in which they are to be tried. */
        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    public SourceGate(UrlPolicy policy, Background background, Resolver resolver) {
        this.policy = policy;
        this.background = background;
        this.resolver = resolver;
    }

    /**
     * The camera at a place.
     *
     * @return within two seconds a camera whose host is an address, or a failure with a
     *     {@link dev.oriel.api.failure.RelayException}
     */
    public CompletionStage<CameraSource> open(SourceLocation location) {
        CompletableFuture<CameraSource> camera = new CompletableFuture<>();
        Verdict verdict = policy.judge(location);
        if (verdict instanceof Verdict.Resolve unresolved) {
            resolve(location, unresolved.name(), camera);
        } else {
            settle(verdict, location, camera);
        }
        return camera;
    }

    private void resolve(SourceLocation location, String name, CompletableFuture<CameraSource> camera) {
        Background.Alarm alarm = background.after(
                RESOLVE_TIMEOUT_MILLIS,
                () -> camera.completeExceptionally(
                        new CameraUnreachable("The name " + name + " could not be resolved in time.")));
        camera.whenComplete((done, failure) -> alarm.cancel());
        boolean started = background.start(() -> {
            try {
                settle(policy.judge(location, resolver.addresses(name)), location, camera);
            } catch (UnknownHostException e) {
                camera.completeExceptionally(new CameraUnreachable("There is no host named " + name + "."));
            } catch (RuntimeException e) {
                camera.completeExceptionally(e);
            }
        });
        if (!started) {
            camera.completeExceptionally(new NoEngine("Too many names are being resolved; try again."));
        }
    }

    private static void settle(Verdict verdict, SourceLocation named, CompletableFuture<CameraSource> camera) {
        if (verdict instanceof Verdict.Admitted admitted) {
            // Named after what the viewer wrote: addresses of a name may change.
            camera.complete(new AdHocCamera(AdHocCamera.at(named).name(), admitted.location()));
        } else if (verdict instanceof Verdict.Refused refused) {
            camera.completeExceptionally(refused.why());
        } else {
            camera.completeExceptionally(new IllegalStateException("Addresses do not need to be resolved"));
        }
    }
}
