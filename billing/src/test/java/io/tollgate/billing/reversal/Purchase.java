package io.tollgate.billing.reversal;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.billing.World;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Credit that was bought, without Stripe being asked. */
public final class Purchase {

    private static final AtomicInteger MADE = new AtomicInteger();

    private Purchase() {}

    /** Written down and brought to the live store. */
    public static Payment of(World world, AccountId account, long paidMinor, Credits credits) {
        return of(world, account, paidMinor, paidMinor, credits, null);
    }

    /** As the other, for a price: what was paid beyond it is tax. */
    public static Payment of(
            World world,
            AccountId account,
            long paidMinor,
            long priceMinor,
            Credits credits,
            @Nullable Instant expiresAt) {
        String name = "purchase-" + MADE.incrementAndGet();
        Grant grant = new Grant(
                account,
                credits,
                Grant.Cause.TOP_UP,
                name,
                new Money(priceMinor, "usd"),
                Grant.DEFAULT_PRIORITY,
                expiresAt);
        if (!(got(world.the(Grants.class).give(grant)) instanceof GrantResult.Given given)) {
            throw new AssertionError("not given");
        }
        world.the(Delivery.class).push(given.command()).block();
        Payment payment = new Payment(
                name,
                account,
                Payment.Kind.TOP_UP,
                "Small",
                new Money(paidMinor, "usd"),
                credits,
                "pi_" + name,
                null,
                null,
                given.grant(),
                world.stripe().now());
        got(world.the(Payments.class).add(payment));
        return payment;
    }

    /** A plan's period that was paid for. */
    public static Payment ofPlan(World world, AccountId account, long paidMinor, Credits allowance, long grant) {
        String name = "period-" + MADE.incrementAndGet();
        Payment payment = new Payment(
                name,
                account,
                Payment.Kind.PLAN,
                "Pro",
                new Money(paidMinor, "usd"),
                allowance,
                "pi_" + name,
                "in_" + name,
                null,
                grant,
                world.stripe().now());
        got(world.the(Payments.class).add(payment));
        return payment;
    }
}
