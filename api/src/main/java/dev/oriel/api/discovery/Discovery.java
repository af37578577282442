package dev.oriel.api.discovery;

import java.util.List;

/** The outcome of looking at a server, with what led to it. */
public sealed interface Discovery {

    /** One line for each thing seen, in order, without secrets. */
    List<String> evidence();

    /**
     * A server of a known kind.
     *
     * @param type which
     */
    record Found(ServerType type, List<String> evidence) implements Discovery {
        public Found {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * No server that can be used.
     *
     * @param problem why not
     */
    record NotFound(Problem problem, List<String> evidence) implements Discovery {
        public NotFound {
            evidence = List.copyOf(evidence);
        }
    }

    /** Why no server can be used; the lower-case names are the codes users see. */
    enum Problem {
        INVALID_URL,
        SERVER_UNREACHABLE,
        SERVER_FAILURE,
        UNAUTHORIZED,
        UNKNOWN_SERVER
    }
}
