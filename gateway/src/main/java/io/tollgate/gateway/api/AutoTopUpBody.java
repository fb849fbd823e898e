package io.tollgate.gateway.api;

import io.tollgate.billing.autotopup.AttemptState;
import io.tollgate.billing.autotopup.AutoTopUp;
import io.tollgate.billing.autotopup.Card;
import io.tollgate.billing.autotopup.Standing;
import io.tollgate.billing.catalog.Choice;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An account's automatic top-up as JSON; what was never said is null.
 *
 * @param threshold credit below which it is bought
 * @param spentThisMonthMinor of the cap, what is under way included
 * @param offBecause why it was switched off other than by its owner
 * @param failures of the card in a row
 * @param notBefore until then the card is left alone
 * @param underWay null if none is
 */
@JsonNaming(SnakeCaseStrategy.class)
record AutoTopUpBody(
        boolean enabled,
        @Nullable String threshold,
        @Nullable String pack,
        @Nullable Long amountMinor,
        @Nullable String currency,
        @Nullable Long monthlyCapMinor,
        long spentThisMonthMinor,
        @Nullable String offBecause,
        @Nullable CardBody card,
        int failures,
        @Nullable Instant notBefore,
        @Nullable UnderWayBody underWay) {

    /** The card that is charged. */
    @JsonNaming(SnakeCaseStrategy.class)
    record CardBody(
            String paymentMethod,
            @Nullable String brand,
            @Nullable String last4) {
        static CardBody of(Card card) {
            return new CardBody(card.paymentMethod(), card.brand(), card.last4());
        }
    }

    /**
     * The one that is open.
     *
     * @param confirmUrl where the cardholder confirms it; null where nobody has to
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record UnderWayBody(String state, @Nullable String confirmUrl) {}

    static AutoTopUpBody of(Standing standing) {
        AutoTopUp wish = standing.wish();
        Card card = standing.card();
        AttemptState open = standing.open();
        return new AutoTopUpBody(
                wish != null && wish.enabled(),
                wish == null ? null : wish.threshold().toDecimal(),
                wish != null && wish.choice() instanceof Choice.OfPack pack ? pack.packId() : null,
                wish != null && wish.choice() instanceof Choice.OfAmount amount ? Long.valueOf(amount.minor()) : null,
                wish == null ? null : wish.cap().currency(),
                wish == null ? null : Long.valueOf(wish.cap().minor()),
                standing.spentMinor(),
                wish == null ? null : wish.offBecause(),
                card == null ? null : CardBody.of(card),
                standing.behaviour().failures(),
                standing.behaviour().blockedUntil(),
                open == null ? null : new UnderWayBody(open.name().toLowerCase(Locale.ROOT), standing.confirmUrl()));
    }
}
