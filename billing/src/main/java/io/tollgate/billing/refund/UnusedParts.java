package io.tollgate.billing.refund;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payment.Kind;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.LiveRemains;
import io.tollgate.billing.reversal.Remains;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import reactor.core.publisher.Mono;

/** What of payments was not used, as the live store has it at this moment. */
public final class UnusedParts {

    private static final int MONTHS = 12;

    /** How far an account's payments are looked through for a later one of its plan. */
    private static final int PAYMENTS_LOOKED_AT = 50;

    private final Payments payments;
    private final ReversalBook book;
    private final LiveRemains remains;
    private final PlanStandings plans;
    private final InstantSource clock;

    public UnusedParts(
            Payments payments, ReversalBook book, LiveRemains remains, PlanStandings plans, InstantSource clock) {
        this.payments = payments;
        this.book = book;
        this.remains = remains;
        this.plans = plans;
        this.clock = clock;
    }

    Mono<UnusedPart> of(Payment payment, Credits granted) {
        return Mono.zip(book.grantsOf(payment).collectList(), remains.of(payment.account()), monthsPaidFor(payment))
                .map(found -> unused(payment, granted, left(found.getT1(), found.getT2()), found.getT3()));
    }

    // What calls hold is as good as used: what they leave of it, the customer has.
    private static Credits left(List<Long> grants, Remains left) {
        long inLots =
                grants.stream().mapToLong(grant -> left.of(grant).micros()).sum();
        return Credits.ofMicros(Math.clamp(left.availableMicros(), 0, inLots));
    }

    private UnusedPart unused(Payment payment, Credits granted, Credits left, int months) {
        if (granted.isZero()) {
            return new UnusedPart(left, 0);
        }
        long toCome = Math.max(0, months - 1 - monthsSince(payment.paidAt()));
        long unused = left.micros() + toCome * granted.micros();
        return new UnusedPart(left, Claims.share(payment.paid().minor(), unused, months * granted.micros()));
    }

    private long monthsSince(Instant time) {
        return ChronoUnit.MONTHS.between(utc(time), utc(clock.instant()));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** Twelve for the plan of an account that pays by the year; one also for a payment from before a change of plan. */
    private Mono<Integer> monthsPaidFor(Payment payment) {
        return payment.kind() != Kind.PLAN
                ? Mono.just(1)
                : payments.of(payment.account(), null, PAYMENTS_LOOKED_AT)
                        .filter(other -> other.kind() == Kind.PLAN || other.kind() == Kind.PLAN_CHANGE)
                        .next()
                        .filter(latest -> latest.id().equals(payment.id()))
                        .flatMap(_ -> plans.of(payment.account()))
                        .map(standing -> standing.interval() == Interval.YEAR ? MONTHS : 1)
                        .defaultIfEmpty(1);
    }
}
