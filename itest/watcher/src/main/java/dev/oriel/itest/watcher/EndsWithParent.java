package dev.oriel.itest.watcher;

/** The agent that ends a Karaf once the test that started it has gone, however it went. */
public final class EndsWithParent {

    private EndsWithParent() {}

    /** @param parent the process id of the test */
    public static void premain(String parent) {
        ProcessHandle.of(Long.parseLong(parent))
                .ifPresentOrElse(
                        test -> test.onExit().thenRun(() -> Runtime.getRuntime().halt(3)),
                        () -> Runtime.getRuntime().halt(3));
    }
}
