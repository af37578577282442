package dev.oriel.api.signaling;

import dev.oriel.api.viewer.StreamRelay;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One server's HTTP habits, registered as a service: which requests are its own, and how success and failure look.
 *
 * <p>A dialect keeps no state of its own and does no input or output: it reads the call, asks the relay, and words the reply.
 * Dialects are asked in order of service ranking, highest first; the first that accepts a call answers it.
 */
@ConsumerType
public interface SignalingDialect {

    /** Whether this call is the dialect's own, judged by method, path and headers; returns at once. */
    boolean accepts(HttpCall call);

    /**
     * Answers a call it has accepted, within 9 seconds.
     *
     * @return always completes with a reply; failures of the relay are replies in the dialect's own form
     */
    CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay);

    /**
     * Words a refusal that is not the dialect's own decision: a body too long (413), a failure inside (500), no answer in
     * time (504). Asked only about calls that the dialect has accepted; the call's body is empty where it was too long.
     *
     * @param status 400 to 599
     * @param sentence the reason for people, without secrets
     */
    default HttpReply refusal(HttpCall call, int status, String sentence) {
        return HttpReply.text(status, "text/plain; charset=utf-8", sentence + "\n");
    }
}
