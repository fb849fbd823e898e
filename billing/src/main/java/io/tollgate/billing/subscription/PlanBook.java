package io.tollgate.billing.subscription;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Accounts' plans in the book. Whatever changes one does so under the lock of the account's row. */
public interface PlanBook {

    /** The version of a subscription's row, 0 if there is none. Read before Stripe is asked, it tells a stale answer. */
    Mono<Long> version(String subscription);

    /** Whose subscription it is; empty if our book does not know it. */
    Mono<AccountId> accountOf(String subscription);

    /** The terms it stood under when it was last seen, if that was at the same price; empty otherwise. */
    Mono<PlanTerms> terms(String subscription, String price);

    /** When an invoice was paid that our book has followed; empty for any other. */
    Mono<Instant> paidAt(String invoice);

    /** Whose customer at Stripe it is; empty if it is nobody's. */
    Mono<AccountId> accountOfCustomer(String customer);

    /** What the book says now, without a lock; the subscription looked at is the one the account lives on. */
    Mono<Present> present(AccountId account);

    /** Locks the account's row, decides and writes what was decided, in one SQL transaction. Push the commands after it. */
    Mono<Booked> change(Subject subject, Function<Present, Change> decision);

    /**
     * As {@link #change} for one account whose time has come, if nobody else is at it; empty if there is none. An allowance that
     * cannot be given is left out, so that it stands in nobody's way: {@link Booked.Written#withheld} says why.
     */
    Mono<Booked> changeDue(Instant now, Function<Present, Change> decision);

    /**
     * Accounts that have no row yet, at most {@code limit}.
     *
     * @param age how long ago they were opened at most; null for all, which reads every account
     */
    Flux<AccountId> withoutPlan(@Nullable Duration age, int limit);

    /**
     * What is looked at.
     *
     * @param version as read before Stripe was asked; null where Stripe was not
     * @param trialCard the card's fingerprint if a trial is under way; null otherwise
     */
    record Subject(
            AccountId account,
            @Nullable String subscription,
            @Nullable Long version,
            @Nullable String invoice,
            @Nullable String trialCard) {

        public static Subject of(AccountId account) {
            return new Subject(account, null, null, null, null);
        }
    }

    /** What became of a change. */
    sealed interface Booked {
        /**
         * Written: the commands are to be pushed.
         *
         * @param withheld why the allowance was not given; null if it was, or there was none
         */
        record Written(
                Change change,
                List<IssuedCommand> commands,
                @Nullable String withheld) implements Booked {}

        /** Somebody else has looked meanwhile; nothing was written. Look again. */
        record Stale() implements Booked {}

        /** {@code reason} stands against it; nothing was written. */
        record Refused(String reason) implements Booked {}
    }
}
