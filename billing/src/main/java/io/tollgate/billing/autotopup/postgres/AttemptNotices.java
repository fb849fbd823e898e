package io.tollgate.billing.autotopup.postgres;

import io.tollgate.billing.autotopup.Attempt;
import io.tollgate.billing.autotopup.Intent;
import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notice.Kind;
import io.tollgate.billing.notice.Notices;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What accounts are told of their automatic top-ups, in the SQL transaction of what happened. */
final class AttemptNotices {

    private final Notices notices;

    AttemptNotices(Notices notices) {
        this.notices = notices;
    }

    Mono<Void> granted(Attempt attempt, Intent intent, long grant) {
        Map<String, String> facts = facts(attempt);
        facts.putAll(Fact.of(attempt.credits()));
        facts.put(Fact.PAYMENT, attempt.id());
        facts.put(Fact.GRANT, Long.toString(grant));
        return post(attempt.account(), Kind.CREDIT_GRANTED, intent.id(), facts);
    }

    Mono<Void> actionRequired(Attempt attempt, @Nullable String url) {
        Map<String, String> facts = facts(attempt);
        if (url != null) {
            facts.put(Fact.URL, url);
        }
        facts.put(Fact.UNTIL, text(attempt.expiresAt()));
        return post(attempt.account(), Kind.AUTO_TOP_UP_ACTION_REQUIRED, attempt.id(), facts);
    }

    Mono<Void> failed(Attempt attempt, String reason, Instant again) {
        Map<String, String> facts = facts(attempt);
        facts.put(Fact.REASON, reason);
        facts.put(Fact.UNTIL, text(again));
        return post(attempt.account(), Kind.AUTO_TOP_UP_FAILED, attempt.id(), facts);
    }

    Mono<Void> off(Attempt attempt, String reason) {
        Map<String, String> facts = facts(attempt);
        facts.put(Fact.REASON, reason);
        return post(attempt.account(), Kind.AUTO_TOP_UP_OFF, attempt.id(), facts);
    }

    Mono<Void> capReached(AccountId account, YearMonth month) {
        return post(
                account,
                Kind.AUTO_TOP_UP_FAILED,
                "cap-" + account + "-" + month,
                Map.of(Fact.REASON, "monthly_cap_reached"));
    }

    private Mono<Void> post(AccountId account, Kind kind, String key, Map<String, String> facts) {
        return notices.post(new Notice(account, kind, key, facts));
    }

    private static Map<String, String> facts(Attempt attempt) {
        Map<String, String> facts = Fact.of(attempt.price());
        facts.put(Fact.TITLE, attempt.title());
        return facts;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
