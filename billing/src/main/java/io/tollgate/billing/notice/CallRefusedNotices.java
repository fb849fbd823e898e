package io.tollgate.billing.notice;

import io.tollgate.billing.shortage.Shortage;
import io.tollgate.billing.shortage.ShortageListener;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Tells accounts that their calls are refused: each at most once per interval, counted from the epoch, on however many gateways its
 * calls are refused.
 */
public final class CallRefusedNotices implements ShortageListener {

    private static final int REMEMBERED_MAX = 10_000;

    private final Notices notices;
    private final Routes routes;
    private final long intervalSeconds;
    private final InstantSource clock;
    // Only saves asking the store again and again; the key of the notice is what counts.
    private final Map<AccountId, Long> told = new LinkedHashMap<>();

    public CallRefusedNotices(Notices notices, Routes routes, Duration interval, InstantSource clock) {
        if (interval.toSeconds() < 1) {
            throw new IllegalArgumentException("accounts are told of refused calls once a second at most");
        }
        this.notices = notices;
        this.routes = routes;
        this.intervalSeconds = interval.toSeconds();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notice";
    }

    @Override
    public Mono<Void> refused(Shortage shortage) {
        return Mono.defer(() -> {
            long interval = clock.instant().getEpochSecond() / intervalSeconds;
            return isWanted(shortage) && !isTold(shortage.account(), interval)
                    ? notices.post(notice(shortage, interval)).doOnSuccess(_ -> remember(shortage.account(), interval))
                    : Mono.empty();
        });
    }

    // That other calls hold the credit passes by itself.
    private boolean isWanted(Shortage shortage) {
        return shortage.reason() != Shortage.Reason.CREDIT_IN_USE
                && !routes.of(Notice.Kind.CALL_REFUSED).isEmpty();
    }

    private static Notice notice(Shortage shortage, long interval) {
        return new Notice(
                shortage.account(),
                Notice.Kind.CALL_REFUSED,
                shortage.account() + ":" + interval,
                Map.of(
                        Fact.REASON, shortage.reason().text(),
                        Fact.REQUIRED, shortage.required().toDecimal(),
                        Fact.AVAILABLE, Credits.decimal(shortage.availableMicros())));
    }

    private synchronized boolean isTold(AccountId account, long interval) {
        Long last = told.get(account);
        return last != null && last == interval;
    }

    private synchronized void remember(AccountId account, long interval) {
        if (told.size() >= REMEMBERED_MAX) {
            told.remove(told.keySet().iterator().next());
        }
        told.put(account, interval);
    }
}
