package io.tollgate.billing.webhook;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class DoorbellTest {

    private final Doorbell bell = new Doorbell();

    @Test
    void whoeverRangBeforeAnyoneListenedIsHeard() {
        bell.ring();
        bell.ring();

        StepVerifier.create(bell.rung()).verifyComplete();
        StepVerifier.create(bell.rung()).expectTimeout(Duration.ofMillis(50)).verify();
    }

    @Test
    void whoeverRingsWhileItIsAnsweredIsHeardNext() {
        StepVerifier.create(bell.rung()).then(bell::ring).verifyComplete();
        bell.ring();

        StepVerifier.create(bell.rung()).verifyComplete();
    }

    @Test
    void aListenerThatLeftIsNotMissed() {
        StepVerifier.create(bell.rung()).thenCancel().verify();
        bell.ring();

        StepVerifier.create(bell.rung()).verifyComplete();
    }
}
