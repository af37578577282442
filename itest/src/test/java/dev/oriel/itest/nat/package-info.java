/** Whether a viewer sees a camera through routers that translate addresses, and what it is told where it cannot. */
@NullMarked
package dev.oriel.itest.nat;

import org.jspecify.annotations.NullMarked;
