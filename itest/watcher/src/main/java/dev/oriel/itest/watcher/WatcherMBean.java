package dev.oriel.itest.watcher;

/** What the watcher tells over JMX, under the name {@value #NAME}. */
public interface WatcherMBean extends Counters {

    /** Its object name. */
    String NAME = "dev.oriel.itest:type=Watcher";

    /**
     * Gives back what was watched before, and leases a camera.
     *
     * @return the names of the camera's codecs, by track
     * @throws IllegalStateException if the hub refuses, in its own words
     */
    String[] watch(String stream);

    /** Gives the lease back. */
    void stop();

    /**
     * Registers a camera of the watcher's own, which goes away with the watcher's bundle.
     *
     * @param like the name of a camera at whose place it is, too
     */
    void addCamera(String name, String like);

    /** The names of all cameras the front door knows. */
    String[] getCameras();

    /** The state of each session the front door knows. */
    String[] getViewers();
}
