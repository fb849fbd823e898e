package io.tollgate.billing.autotopup;

import io.tollgate.billing.autotopup.Decision.Reason;
import io.tollgate.billing.autotopup.Decision.Skip;
import io.tollgate.billing.autotopup.Decision.Start;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands between an account's wish and its card. */
public final class Guards {

    private final Catalogs catalogs;
    private final AutoTopUpSettings settings;

    public Guards(Catalogs catalogs, AutoTopUpSettings settings) {
        this.catalogs = catalogs;
        this.settings = settings;
    }

    Decision decide(Standing standing, Trigger trigger, Instant now) {
        AutoTopUp wish = standing.wish();
        Card card = standing.card();
        String customer = standing.customer();
        if (wish == null || !wish.enabled()) {
            return new Skip(Reason.OFF);
        }
        if (card == null || customer == null) {
            return new Skip(Reason.NO_CARD);
        }
        Reason wait = reasonToWait(standing, wish, trigger, now);
        if (wait != null) {
            return new Skip(wait);
        }
        if (!(catalogs.current().quote(wish.choice()) instanceof Quote.Priced offer)
                || !offer.price().currency().equals(wish.cap().currency())) {
            return new Skip(Reason.NOT_FOR_SALE);
        }
        if (exceeds(wish.cap(), standing.spentMinor(), offer.price().money())) {
            return new Skip(Reason.CAP_REACHED);
        }
        return new Start(attempt(standing, trigger, offer, new Payer(customer, card), now));
    }

    private record Payer(String customer, Card card) {}

    private @Nullable Reason reasonToWait(Standing standing, AutoTopUp wish, Trigger trigger, Instant now) {
        Instant blockedUntil = standing.behaviour().blockedUntil();
        Instant lastStarted = standing.lastStarted();
        if (!standing.active()) {
            return Reason.SUSPENDED;
        }
        if (standing.open() != null) {
            return Reason.UNDER_WAY;
        }
        if (trigger == Trigger.THRESHOLD
                && standing.creditMicros() >= wish.threshold().micros()) {
            return Reason.ENOUGH_CREDIT;
        }
        if (blockedUntil != null && blockedUntil.isAfter(now)) {
            return Reason.BACKING_OFF;
        }
        if (lastStarted != null && lastStarted.plus(settings.coolDown()).isAfter(now)) {
            return Reason.COOLING_DOWN;
        }
        return null;
    }

    private static boolean exceeds(Money cap, long spentMinor, Money price) {
        return spentMinor > cap.minor() - price.minor();
    }

    private Attempt attempt(Standing standing, Trigger trigger, Quote.Priced offer, Payer payer, Instant now) {
        return new Attempt(
                Attempt.newId(),
                standing.account(),
                AttemptState.INTENT,
                trigger,
                "Automatic top-up: " + offer.title(),
                offer.credits(),
                offer.price().money(),
                payer.customer(),
                payer.card(),
                null,
                now,
                now.plus(settings.confirmWithin()));
    }
}
