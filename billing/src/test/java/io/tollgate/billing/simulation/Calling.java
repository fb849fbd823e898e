package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.time.Duration;
import java.util.List;

/** Calls that use credit up. */
final class Calling {

    private static final UsageDetail DETAIL =
            new UsageDetail("key", "chat", "model", Outcome.COMPLETED, TokenUsage.of(1, 1), CountedBy.UPSTREAM);
    private static final Duration TTL = Duration.ofHours(1);
    private static final int MICROS_MOST = 4_000_000;

    private final Run run;

    Calling(Run run) {
        this.run = run;
    }

    List<Deed> deeds() {
        return List.of(
                new Deed("calls", 15, this::begin),
                new Deed("is answered", 13, this::settle),
                new Deed("gets no answer", 2, this::release));
    }

    private void begin(Customer customer) {
        HoldRequest request = new HoldRequest(
                customer.account,
                HoldId.bornAt(System.currentTimeMillis()),
                Credits.ofMicros(1 + run.random.nextInt(MICROS_MOST)),
                TTL);
        HoldResult result = got(run.world.the(Reservations.class).hold(request));
        if (result instanceof HoldResult.Held) {
            customer.holds.add(request);
        }
        run.coverage.count("calls " + result.getClass().getSimpleName());
    }

    private void settle(Customer customer) {
        if (!customer.holds.isEmpty()) {
            HoldRequest hold = customer.holds.removeFirst();
            Credits actual = Credits.ofMicros(run.random.nextInt(MICROS_MOST));
            end(hold, new Ending.Settle(actual, run.chance(50) ? Overage.DEBT : Overage.CUT, DETAIL));
        }
    }

    private void release(Customer customer) {
        if (!customer.holds.isEmpty()) {
            end(customer.holds.removeFirst(), new Ending.Release(DETAIL));
        }
    }

    /** Ends all calls under way. */
    void hangUp() {
        run.customers.forEach(customer -> {
            while (!customer.holds.isEmpty()) {
                settle(customer);
            }
        });
    }

    private void end(HoldRequest hold, Ending ending) {
        got(run.world.the(Reservations.class).end(hold.account(), hold.id(), ending));
    }
}
