package dev.oriel.api.time;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark on the few places that take something from the surroundings — time, threads, randomness, system properties —
 * instead of being given it. The build refuses such calls anywhere else.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Ambient {

    /** Why it cannot be passed in here. */
    String reason();
}
