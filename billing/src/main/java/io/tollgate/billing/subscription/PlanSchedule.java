package io.tollgate.billing.subscription;

import io.tollgate.billing.subscription.PlanBook.Booked;
import io.tollgate.billing.subscription.PlanBook.Subject;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does what is due: monthly allowances that no payment brings, ends of grace, the free plan for whoever is new. On any gateway. */
public final class PlanSchedule {

    private final PlanBook book;
    private final PlanRules rules;
    private final Plans plans;
    private final Pushes pushes;
    private final Newcomers newcomers;
    private final int batch;

    /** With {@code batch}, the most accounts of one turn. */
    public PlanSchedule(PlanBook book, PlanRules rules, Plans plans, Delivery delivery, int batch) {
        this.book = book;
        this.rules = rules;
        this.plans = plans;
        this.pushes = new Pushes(delivery);
        if (batch < 1) {
            throw new IllegalArgumentException(
                    "a turn of the plans' schedule is about one account at least, not " + batch);
        }
        this.newcomers = new Newcomers(book, rules, batch);
        this.batch = batch;
    }

    /** Answers how many accounts there was something to do for. */
    public Mono<Long> turn() {
        Mono<Long> allDue = Mono.defer(this::due)
                .repeat(batch - 1L)
                .takeUntil(done -> done == 0)
                .reduce(0L, Long::sum);
        // Who cannot be put on a plan keeps nobody else waiting.
        return Flux.concatDelayError(join().thenReturn(0L), allDue).reduce(0L, Long::sum);
    }

    private Mono<Void> join() {
        return plans.free() == null
                ? Mono.empty()
                : newcomers.next().concatMapDelayError(this::join).then();
    }

    /** Puts an account on the free plan at once, where there is one and it lives on no other. */
    public Mono<Void> join(AccountId account) {
        return book.change(Subject.of(account), rules::join)
                .flatMap(this::finish)
                .then();
    }

    private Mono<Long> due() {
        return book.changeDue(rules.now(), rules::due)
                .flatMap(booked -> finish(booked).thenReturn(1L))
                .defaultIfEmpty(0L);
    }

    private Mono<Void> finish(Booked booked) {
        return switch (booked) {
            case Booked.Stale _ -> Mono.empty();
            case Booked.Refused(String reason) -> Mono.error(new IllegalStateException(reason));
            case Booked.Written(Change change, List<IssuedCommand> commands, var withheld) -> {
                if (withheld == null) {
                    rules.written(change, "schedule");
                } else {
                    rules.withheld(change, withheld);
                }
                yield pushes.all(commands);
            }
        };
    }
}
