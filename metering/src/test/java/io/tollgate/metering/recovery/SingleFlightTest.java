package io.tollgate.metering.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class SingleFlightTest {

    private final SingleFlight<String, String> flights = new SingleFlight<>(2);
    private final List<Sinks.One<String>> attempts = new ArrayList<>();

    private final Mono<String> load = flights.join("account", this::attempt);

    private Mono<String> attempt() {
        Sinks.One<String> attempt = Sinks.one();
        attempts.add(attempt);
        return attempt.asMono();
    }

    @Test
    void sharesOneAttempt() {
        List<String> answers = new ArrayList<>();
        load.subscribe(answers::add);
        load.subscribe(answers::add);

        attempts.getFirst().tryEmitValue("loaded").orThrow();

        assertThat(attempts).hasSize(1);
        assertThat(answers).containsExactly("loaded", "loaded");
        assertThat(flights.size()).isZero();
    }

    @Test
    void leavesTheAttemptOfOneWhoCancelsToTheOthers() {
        List<String> answers = new ArrayList<>();
        Disposable first = load.subscribe();
        load.subscribe(answers::add);

        first.dispose();
        attempts.getFirst().tryEmitValue("loaded").orThrow();

        assertThat(answers).containsExactly("loaded");
    }

    @Test
    void goesOnWhenEverybodyHasCancelledAndIsForgottenAtItsEnd() {
        load.subscribe().dispose();
        assertThat(attempts.getFirst().currentSubscriberCount()).isEqualTo(1);
        assertThat(flights.size()).isEqualTo(1);

        attempts.getFirst().tryEmitError(new StoreUnavailableException("gone")).orThrow();

        assertThat(flights.size()).isZero();
    }

    @Test
    void startsAnewForWhoComesBackAsSoonAsItHearsOfTheFailure() {
        List<String> answers = new ArrayList<>();
        load.onErrorResume(failure -> load).subscribe(answers::add);

        attempts.getFirst().tryEmitError(new StoreUnavailableException("gone")).orThrow();
        assertThat(attempts).hasSize(2);
        attempts.getLast().tryEmitValue("loaded").orThrow();

        assertThat(answers).containsExactly("loaded");
        assertThat(flights.size()).isZero();
    }

    @Test
    void boundsHowMuchIsUnderWay() {
        load.subscribe();
        flights.join("another", this::attempt).subscribe();

        StepVerifier.create(flights.join("a third", this::attempt)).verifyErrorMessage("more than 2 loads at a time");
        load.subscribe(); // joins what is under way
        assertThat(attempts).hasSize(2);
    }
}
