package dev.oriel.signaling.jakarta;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.front.HttpFront;
import dev.oriel.signaling.front.Incoming;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front as a {@code jakarta.servlet} of version 3.1 or later. No thread of the container waits for a camera.
 *
 * <p>Its twin for the other servlet world differs in imports only.
 */
public final class JakartaServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(JakartaServlet.class);
    /** Later than the front's own limit: a container that counts on its own never comes first. */
    private static final long ASYNC_TIMEOUT_MILLIS = 10_000;

    private static final int DRAINED_BYTES = 262_144;

    private final transient HttpFront front;

    public JakartaServlet(HttpFront front) {
        this.front = front;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CompletableFuture<HttpReply> reply = front.answer(incoming(request)).toCompletableFuture();
        if (reply.isDone()) {
            write(reply.join(), request.getMethod(), response);
            return;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(ASYNC_TIMEOUT_MILLIS);
        Ending ending = new Ending(async, request.getMethod(), response);
        async.addListener(ending);
        reply.thenAccept(ending::answer);
    }

    private static Incoming incoming(HttpServletRequest request) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return Incoming.of(
                request.getMethod(),
                request.getContextPath() + request.getServletPath(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getPathInfo(), ""),
                Objects.requireNonNullElse(request.getQueryString(), ""),
                headers,
                body(request));
    }

    private static Incoming.Body body(HttpServletRequest request) throws IOException {
        InputStream in = request.getInputStream();
        byte[] bytes = in.readNBytes(HttpCall.MAX_BODY_BYTES + 1);
        if (bytes.length <= HttpCall.MAX_BODY_BYTES) {
            return new Incoming.Body.Whole(bytes);
        }
        // A client that is still sending when the connection ends does not get to read why.
        in.readNBytes(DRAINED_BYTES);
        return new Incoming.Body.TooLong();
    }

    private static void write(HttpReply reply, String method, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        for (HttpReply.Header header : reply.headers()) {
            if (header.name().equalsIgnoreCase("Content-Type")) {
                response.setContentType(header.value());
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
        if (reply.status() != 204 && reply.status() != 304) {
            response.setContentLength(reply.body().length());
        }
        if (reply.body().length() > 0 && !method.equals("HEAD")) {
            response.getOutputStream().write(reply.body().toArray());
        }
    }

    /** The one end of an asynchronous request, whoever comes first. */
    private static final class Ending implements AsyncListener {

        private final AsyncContext async;
        private final String method;
        private final HttpServletResponse response;
        private final AtomicBoolean over = new AtomicBoolean();

        Ending(AsyncContext async, String method, HttpServletResponse response) {
            this.async = async;
            this.method = method;
            this.response = response;
        }

        void answer(HttpReply reply) {
            if (over.compareAndSet(false, true)) {
                // On a thread of the container: the one that brings the answer has cameras to run.
                async.start(() -> {
                    try {
                        write(reply, method, response);
                    } catch (IOException e) {
                        LOG.debug("The client went away before its answer", e);
                    } finally {
                        async.complete();
                    }
                });
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            if (over.compareAndSet(false, true)) {
                response.setStatus(504);
                async.complete();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            if (over.compareAndSet(false, true)) {
                async.complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            over.set(true);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // A request is made asynchronous once.
        }
    }
}
