package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Answers of libwebrtc's callbacks as futures, each waited for at most 10 s. */
final class Described {

    private static final long PATIENCE_SECONDS = 10;

    private Described() {}

    static CreateSessionDescriptionObserver created(CompletableFuture<RTCSessionDescription> result) {
        return new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                result.complete(description);
            }

            @Override
            public void onFailure(String error) {
                result.completeExceptionally(new IOException(error));
            }
        };
    }

    static SetSessionDescriptionObserver set(CompletableFuture<String> result) {
        return new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                result.complete("set");
            }

            @Override
            public void onFailure(String error) {
                result.completeExceptionally(new IOException(error));
            }
        };
    }

    /** @param what what is waited for, for the message of a failure */
    static <T> T await(CompletableFuture<T> result, String what) throws IOException, InterruptedException {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("libwebrtc failed to " + what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("libwebrtc took more than " + PATIENCE_SECONDS + " s to " + what, e);
        }
    }
}
