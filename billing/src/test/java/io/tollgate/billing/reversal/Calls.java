package io.tollgate.billing.reversal;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.billing.World;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageDetail;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Calls as far as credit is concerned. */
public final class Calls {

    private static final UsageDetail DETAIL = new UsageDetail(
            "key", "route", "model", UsageDetail.Outcome.COMPLETED, TokenUsage.NONE, UsageDetail.CountedBy.UPSTREAM);

    private Calls() {}

    /** Holds, and leaves it open. */
    public static HoldId hold(World world, AccountId account, Credits total) {
        HoldId hold = HoldId.bornAt(System.currentTimeMillis());
        HoldResult result = got(world.the(Reservations.class).hold(request(account, hold, total)));
        if (!(result instanceof HoldResult.Held)) {
            throw new AssertionError("not held: " + result);
        }
        return hold;
    }

    /** What a call that wants to hold a little is told. */
    public static HoldResult attempt(World world, AccountId account) {
        HoldId hold = HoldId.bornAt(System.currentTimeMillis());
        return got(world.the(Reservations.class).hold(request(account, hold, Credits.ofMicros(1))));
    }

    public static void settle(World world, AccountId account, HoldId hold, Credits actual) {
        got(end(world, account, hold, actual));
    }

    /** Holds and settles: so much is used. */
    public static void use(World world, AccountId account, Credits credits) {
        settle(world, account, hold(world, account, credits), credits);
    }

    /** One call of a customer who calls all the time; what it was charged, zero where it was refused. */
    public static Mono<Credits> call(World world, AccountId account, Credits credits) {
        return Mono.defer(() -> {
            HoldId hold = HoldId.bornAt(System.currentTimeMillis());
            return world.the(Reservations.class)
                    .hold(request(account, hold, credits))
                    .filter(HoldResult.Held.class::isInstance)
                    .flatMap(_ -> end(world, account, hold, credits).thenReturn(credits))
                    .defaultIfEmpty(Credits.ZERO);
        });
    }

    private static Mono<?> end(World world, AccountId account, HoldId hold, Credits actual) {
        return world.the(Reservations.class).end(account, hold, new Ending.Settle(actual, Ending.Overage.DEBT, DETAIL));
    }

    private static HoldRequest request(AccountId account, HoldId hold, Credits total) {
        return new HoldRequest(account, hold, total, Duration.ofMinutes(5));
    }
}
