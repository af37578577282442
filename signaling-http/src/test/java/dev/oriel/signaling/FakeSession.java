package dev.oriel.signaling;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A viewer whose camera sends video and audio. */
public final class FakeSession implements ViewerSession {

    public static final String ANSWER = "v=0\r\no=- 456 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
            + "m=audio 9 UDP/TLS/RTP/SAVPF 8\r\na=mid:0\r\na=ice-ufrag:Ab+9\r\na=sendonly\r\n"
            + "m=video 9 UDP/TLS/RTP/SAVPF 102\r\na=mid:1\r\na=sendonly\r\n"
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n";

    public final List<String> changes = new ArrayList<>();
    public final CompletableFuture<EndReason> end = new CompletableFuture<>();
    public CompletableFuture<String> change = CompletableFuture.completedFuture("");

    private final String id;
    private final String answer;

    public FakeSession(String id) {
        this(id, ANSWER);
    }

    public FakeSession(String id, String answer) {
        this.id = id;
        this.answer = answer;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String answer() {
        return answer;
    }

    @Override
    public CompletionStage<String> change(String sdpFragment) {
        changes.add(sdpFragment);
        return change;
    }

    @Override
    public ViewerStatus status() {
        return new ViewerStatus(id, new StreamName("front"), ViewerStatus.State.PLAYING, 0, 0, 0, 0, 0, 0, "");
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return end;
    }

    @Override
    public void close() {
        end.complete(EndReason.CLOSED);
    }
}
