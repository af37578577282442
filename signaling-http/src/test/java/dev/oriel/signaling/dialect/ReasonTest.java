package dev.oriel.signaling.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.oriel.api.failure.RelayException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void of_eachPermittedType_isAKindOfItsOwn() {
        Set<Class<?>> covered = Failures.ALL.stream().map(Object::getClass).collect(Collectors.toSet());

        assertEquals(Set.of(RelayException.class.getPermittedSubclasses()), covered);
        assertEquals(
                Set.of(Reason.values()), Failures.ALL.stream().map(Reason::of).collect(Collectors.toSet()));
    }

    @Test
    void under_wrappedFailure_isTheFailureItself() {
        Throwable wrapped = new CompletionException(new CompletionException(Failures.REFUSED));

        assertSame(Failures.REFUSED, Reason.under(wrapped));
    }

    @Test
    void under_defect_staysADefect() {
        RuntimeException defect = new IllegalStateException("broken");

        assertSame(
                defect,
                assertThrows(CompletionException.class, () -> Reason.under(defect))
                        .getCause());
    }
}
