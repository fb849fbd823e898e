package io.tollgate.billing.autotopup;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The attempts in the book. Any number of gateways may try anything at once: one succeeds. */
public interface AutoTopUpBook {

    /** Empty if there is no such account. */
    Mono<Standing> standing(AccountId account, Instant now);

    /**
     * Begins an attempt if {@code decision} says so about the account as it stands, with nobody else beginning one of it meanwhile.
     * Empty if the account never asked for automatic top-ups.
     */
    Mono<Decision> begin(AccountId account, Instant now, Function<Standing, Decision> decision);

    /** Accounts whose booked credit is below what they want, and puts off when they are next looked at. */
    Flux<AccountId> takeShort(Instant now);

    /** Open attempts that are due to be asked about, and puts off when they next are. */
    Flux<Attempt> takeDue(Instant now);

    Mono<Attempt> find(String id);

    Mono<Attempt> ofIntent(String paymentIntent);

    /** Keeps how far an open attempt is, and what is known of its payment intent. */
    Mono<Void> moveTo(Attempt attempt, AttemptState state, @Nullable Intent intent);

    /** Has the account told where to confirm; true for who does so first. */
    Mono<Boolean> awaitConfirmation(Attempt attempt, Intent intent);

    /** Gives the credit and closes the attempt, both or neither. */
    Mono<GrantResult> grant(Attempt attempt, Intent intent);

    /** Closes an open attempt that was not paid, and holds it against its card. Empty if it was closed before. */
    Mono<Failed> fail(Attempt attempt, Failure failure);

    /** Closes an open attempt that came to nothing, by no fault of the card. */
    Mono<Void> abandon(Attempt attempt);

    /** Tells the account, once a month, that its cap is reached. */
    Mono<Void> tellOfCap(AccountId account, Instant now);

    /**
     * Why it was not paid.
     *
     * @param as what the attempt becomes
     * @param paymentIntent null if there never was one
     */
    record Failure(AttemptState as, @Nullable String paymentIntent, String reason, Instant at) {}

    /**
     * What it comes to.
     *
     * @param failures of the card in a row
     * @param off whether it was switched off for it
     */
    record Failed(int failures, boolean off) {}

    /** What became of giving credit. */
    sealed interface GrantResult {
        /** Given now: {@code command} is to be pushed. */
        record Granted(IssuedCommand command) implements GrantResult {}

        record GrantedBefore() implements GrantResult {}

        /** Paid, but nothing was given. */
        record Withheld(String reason) implements GrantResult {}
    }
}
