package dev.oriel.egress.passthrough.net;

import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.Transport;
import java.util.Map;

/**
 * A wire for each transport there is, behind one.
 *
 * @param byTransport a path of a transport that is not among them takes nothing
 */
public record Wires(Map<Transport, Wire> byTransport) implements Wire {

    private static final Wire NONE = new Wire() {
        @Override
        public boolean write(Path path, byte[] bytes, int length) {
            return false;
        }

        @Override
        public void flush(Path path) {
            // Nothing was written.
        }
    };

    public Wires {
        byTransport = Map.copyOf(byTransport);
    }

    @Override
    public boolean write(Path path, byte[] bytes, int length) {
        return of(path).write(path, bytes, length);
    }

    @Override
    public void flush(Path path) {
        of(path).flush(path);
    }

    @Override
    public void adopted(Path path) {
        of(path).adopted(path);
    }

    @Override
    public void abandoned(Path path) {
        of(path).abandoned(path);
    }

    private Wire of(Path path) {
        return byTransport.getOrDefault(path.transport(), NONE);
    }
}
