package dev.oriel.testkit.viewer.light;

import java.util.OptionalLong;

/**
 * How long each step of a viewer's joining took, in nanoseconds from the moment before its offer was sent; absent for a step
 * that was not reached.
 *
 * @param answered the answer was there
 * @param connected a check was answered
 * @param secured the keys were agreed on
 * @param pictured the last packet of the first whole keyframe was there
 */
public record Steps(OptionalLong answered, OptionalLong connected, OptionalLong secured, OptionalLong pictured) {}
