package io.tollgate.billing.autotopup;

import io.tollgate.metering.account.AccountId;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Looks for accounts whose credit has fallen below what they want, and for attempts whose end nobody has told us. */
public final class AutoTopUpWatch {

    private static final Logger LOG = LoggerFactory.getLogger(AutoTopUpWatch.class);

    private final AutoTopUps autoTopUps;
    private final AutoTopUpBook book;
    private final AutoTopUpSettings settings;
    private final InstantSource clock;

    public AutoTopUpWatch(AutoTopUps autoTopUps, AutoTopUpBook book, AutoTopUpSettings settings, InstantSource clock) {
        this.autoTopUps = autoTopUps;
        this.book = book;
        this.settings = settings;
        this.clock = clock;
    }

    /** One turn; answers how many accounts and attempts were looked at. Any number of gateways may be at it. */
    public Mono<Long> look() {
        return Mono.zip(resume(), begin(), Long::sum);
    }

    private Mono<Long> begin() {
        return book.takeShort(clock.instant())
                .flatMap(
                        account -> autoTopUps
                                .begin(account, Trigger.THRESHOLD)
                                .then()
                                .onErrorResume(failure -> unsettled(account, failure))
                                .thenReturn(account),
                        settings.concurrency())
                .count();
    }

    private Mono<Long> resume() {
        return book.takeDue(clock.instant())
                .flatMap(
                        attempt -> autoTopUps
                                .resume(attempt)
                                .onErrorResume(failure -> unsettled(attempt.account(), failure))
                                .thenReturn(attempt),
                        settings.concurrency())
                .count();
    }

    // It is due again later; the others do not wait for it.
    private static Mono<Void> unsettled(AccountId account, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("account", account)
                .addKeyValue("reason", failure)
                .log("auto_topup_unsettled");
        return Mono.empty();
    }
}
