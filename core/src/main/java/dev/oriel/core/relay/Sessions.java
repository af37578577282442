package dev.oriel.core.relay;

import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running sessions by their ids, from answer to end. Safe on any thread. */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** Far above what one machine serves; an engine that forgets to end its sessions meets it. */
    private static final int MAX_SESSIONS = 20_000;

    private final Map<String, ViewerSession> byId = new ConcurrentHashMap<>();

    /**
     * Takes a session in until it ends.
     *
     * @throws NoEngine if there are too many, or its id is taken; the session is closed then
     */
    ViewerSession add(ViewerSession session) {
        String id = session.id();
        if (byId.size() >= MAX_SESSIONS || byId.putIfAbsent(id, session) != null) {
            session.close();
            throw new NoEngine("There is no room for more viewers.");
        }
        session.ended().whenComplete((reason, failure) -> byId.remove(id, session));
        return session;
    }

    Optional<ViewerSession> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How each is; one that cannot say is left out. */
    List<ViewerStatus> statuses() {
        List<ViewerStatus> all = new ArrayList<>();
        byId.values().forEach(session -> {
            try {
                all.add(session.status());
            } catch (RuntimeException | LinkageError e) {
                LOG.debug("A session cannot say how it is", e);
            }
        });
        return List.copyOf(all);
    }

    /** Ends all. */
    void close() {
        byId.values().forEach(session -> {
            try {
                session.close();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A session could not be closed", e);
            }
        });
        byId.clear();
    }
}
