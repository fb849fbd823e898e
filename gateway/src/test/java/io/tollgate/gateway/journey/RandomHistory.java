package io.tollgate.gateway.journey;

import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Allowances.ReplaceResult.Replaced;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult.Taken;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult.Given;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What may happen to an account's credit, in any order: grants that expire or do not, calls, clawbacks, allowances. */
final class RandomHistory {

    private static final UsageDetail DETAIL = new UsageDetail(
            "key",
            "chat",
            "model",
            UsageDetail.Outcome.COMPLETED,
            TokenUsage.of(10, 20),
            UsageDetail.CountedBy.UPSTREAM);

    private final GatewayInJvm gateway;
    private final AccountId account;
    private final Random random;
    private final List<Long> grants = new ArrayList<>();
    private final List<HoldId> open = new ArrayList<>();
    private int causes;

    RandomHistory(GatewayInJvm gateway, String account, Random random) {
        this.gateway = gateway;
        this.account = new AccountId(account);
        this.random = random;
    }

    void live(int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(10)) {
                case 0, 1 -> give();
                case 2 -> takeBack();
                case 3 -> replaceAllowance();
                case 4, 5, 6 -> hold();
                default -> settle();
            }
        }
        while (!open.isEmpty()) {
            settle();
        }
    }

    private void give() {
        Money paid = random.nextBoolean() ? new Money(random.nextInt(1_000), "usd") : null;
        Grant grant = new Grant(account, amount(), Grant.Cause.OPERATOR, cause(), paid, random.nextInt(3), expiry());
        if (gateway.bean(Grants.class).give(grant).block() instanceof Given(long number, var command)) {
            grants.add(number);
            push(gateway.bean(Courier.class).push(command));
        }
    }

    private void takeBack() {
        if (!grants.isEmpty()
                && gateway.bean(Clawbacks.class)
                                .take(account, cause(), grants.get(random.nextInt(grants.size())), amount())
                                .block()
                        instanceof Taken(long _, var command)) {
            push(gateway.bean(Courier.class).push(command));
        }
    }

    private void replaceAllowance() {
        Credits rollover = random.nextBoolean() ? Credits.ZERO : amount();
        Allowance allowance = new Allowance(account, cause(), amount(), rollover, random.nextInt(3), expiry());
        if (gateway.bean(Allowances.class).replace(allowance).block() instanceof Replaced(long _, var command)) {
            push(gateway.bean(Courier.class).push(command));
        }
    }

    private void hold() {
        HoldId hold = HoldId.bornAt(System.currentTimeMillis());
        HoldRequest request = new HoldRequest(account, hold, amount(), Duration.ofMinutes(1));
        if (reservations().hold(request).block() instanceof HoldResult.Held) {
            open.add(hold);
        }
    }

    /** For more than was held, now and then. */
    private void settle() {
        if (!open.isEmpty()) {
            HoldId hold = open.remove(random.nextInt(open.size()));
            Ending ending = random.nextInt(5) == 0
                    ? new Ending.Release(DETAIL)
                    : new Ending.Settle(amount(), random.nextBoolean() ? Overage.DEBT : Overage.CUT, DETAIL);
            reservations().end(account, hold, ending).block();
        }
    }

    private Credits amount() {
        return Credits.ofMicros(1 + random.nextInt(1_500_000));
    }

    private @Nullable Instant expiry() {
        return random.nextInt(3) > 0 ? null : Instant.now().plusMillis(50 + random.nextInt(400));
    }

    private String cause() {
        return account + ":" + ++causes;
    }

    private Reservations reservations() {
        return gateway.bean(Reservations.class);
    }

    private static void push(Mono<Void> pushed) {
        pushed.block();
    }
}
