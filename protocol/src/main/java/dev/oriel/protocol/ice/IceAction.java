package dev.oriel.protocol.ice;

/** What an {@link IceAgent} wants done. */
public sealed interface IceAction {

    /** Send these bytes over this path. */
    record Send(Path path, byte[] message) implements IceAction {}

    /** From now on everything goes to the viewer over this path. */
    record Use(Path path) implements IceAction {}

    /** The path in use is no more, and there is no other: nothing goes to the viewer until the next {@link Use}. */
    record Pause() implements IceAction {}

    /** The viewer cannot be reached, or not any more; {@link Reachability} says why. The last action of an agent. */
    record Lost() implements IceAction {}
}
