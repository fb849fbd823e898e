package io.tollgate.metering.benchmark;

import io.netty.channel.EventLoopGroup;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.wiring.Metering;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls as the gateway makes them: each lane stays on one event loop, one call after the other. */
final class Load {

    private static final UsageDetail DETAIL = new UsageDetail(
            "0192f0c1-2b3c-7d4e-8f50-617283940a1b",
            "chat",
            "gpt-4o-mini",
            UsageDetail.Outcome.COMPLETED,
            TokenUsage.of(123, 456),
            UsageDetail.CountedBy.UPSTREAM);

    private final Reservations reservations;
    private final EventLoopGroup loops;
    private final List<AccountId> accounts;
    private final int lanes;

    Load(Metering metering, List<AccountId> accounts, int lanes) {
        this.reservations = metering.reservations();
        this.loops = metering.bean(EventLoopGroup.class);
        this.accounts = accounts;
        this.lanes = lanes;
    }

    /** Holds and settles about this many times, at random accounts; answers how often it was. */
    int calls(int count) {
        return each(count, Mono.defer(() -> {
            HoldRequest hold = anyHold();
            return hold(hold).then(settle(hold));
        }));
    }

    /** Holds that stay open; answers how many. */
    int holds(int count) {
        return each(count, Mono.defer(() -> hold(anyHold())));
    }

    private <T> int each(int count, Mono<T> work) {
        int perLane = count / lanes;
        Flux.range(0, lanes)
                .flatMap(lane -> work.repeat(perLane - 1L).subscribeOn(Schedulers.fromExecutor(loops.next())), lanes)
                .blockLast();
        return perLane * lanes;
    }

    private HoldRequest anyHold() {
        AccountId account = accounts.get(ThreadLocalRandom.current().nextInt(accounts.size()));
        return new HoldRequest(
                account, HoldId.bornAt(System.currentTimeMillis()), Credits.ofMicros(5_000), Duration.ofMinutes(30));
    }

    private Mono<HoldResult.Held> hold(HoldRequest hold) {
        return reservations.hold(hold).cast(HoldResult.Held.class);
    }

    private Mono<?> settle(HoldRequest hold) {
        return reservations.end(
                hold.account(), hold.id(), new Ending.Settle(Credits.ofMicros(3_741), Ending.Overage.DEBT, DETAIL));
    }
}
