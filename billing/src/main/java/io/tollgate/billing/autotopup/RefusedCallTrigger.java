package io.tollgate.billing.autotopup;

import io.tollgate.billing.shortage.Shortage;
import io.tollgate.billing.shortage.ShortageListener;
import io.tollgate.metering.account.LiveAccounts;
import reactor.core.publisher.Mono;

/** Tops an account up when a call of it was refused, unless it has got enough meanwhile. */
public final class RefusedCallTrigger implements ShortageListener {

    private final AutoTopUps autoTopUps;
    private final LiveAccounts accounts;

    public RefusedCallTrigger(AutoTopUps autoTopUps, LiveAccounts accounts) {
        this.autoTopUps = autoTopUps;
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "auto_top_up";
    }

    /** Credit that other calls hold comes back by itself. */
    @Override
    public Mono<Void> refused(Shortage shortage) {
        return shortage.reason() == Shortage.Reason.CREDIT_IN_USE
                ? Mono.empty()
                : accounts.read(shortage.account())
                        .map(now -> now.balance().availableMicros()
                                < shortage.required().micros())
                        .defaultIfEmpty(true)
                        .filter(stillShort -> stillShort)
                        .flatMap(_ -> autoTopUps.begin(shortage.account(), Trigger.REFUSED_CALL))
                        .then();
    }
}
