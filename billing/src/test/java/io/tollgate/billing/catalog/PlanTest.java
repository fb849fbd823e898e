package io.tollgate.billing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final PlanPrice MONTHLY = price(Interval.MONTH, 500, "usd", null);
    private static final PlanPrice YEARLY = price(Interval.YEAR, 5_000, "usd", "price_year");
    private static final PlanPrice IN_YEN = price(Interval.MONTH, 750, "jpy", null);
    private static final Plan PRO = plan("pro", 250, MONTHLY, YEARLY, IN_YEN);
    private static final Plan FREE = plan("free", 10);
    private static final Catalog CATALOG = new Catalog(List.of(), List.of(), List.of(PRO, FREE));

    @Nested
    class Quoting {

        @Test
        void theFirstPriceIsTheUsualOne() {
            assertThat(CATALOG.quote(new Choice.OfPlan("pro"))).isEqualTo(offer(PRO, MONTHLY));
        }

        @Test
        void intervalAndCurrencyNarrowIt() {
            assertThat(CATALOG.quote(new Choice.OfPlan("pro", Interval.YEAR, null)))
                    .isEqualTo(offer(PRO, YEARLY));
            assertThat(CATALOG.quote(new Choice.OfPlan("pro", null, "jpy"))).isEqualTo(offer(PRO, IN_YEN));
        }

        @Test
        void whatThereIsNotIsAnsweredWithWhatThereIs() {
            Catalog monthly = new Catalog(List.of(), List.of(), List.of(plan("pro", 250, MONTHLY)));

            assertThat(monthly.quote(new Choice.OfPlan("pro", Interval.YEAR, null)))
                    .isEqualTo(new Quote.UnknownInterval(List.of(Interval.MONTH)));
            assertThat(CATALOG.quote(new Choice.OfPlan("pro", Interval.YEAR, "jpy")))
                    .isEqualTo(new Quote.UnknownCurrency(List.of("usd")));
            assertThat(CATALOG.quote(new Choice.OfPlan("none"))).isEqualTo(new Quote.UnknownPlan());
        }

        @Test
        void aFreePlanHasNoPriceWhateverIsAsked() {
            assertThat(CATALOG.quote(new Choice.OfPlan("free", Interval.YEAR, "eur")))
                    .isEqualTo(new Quote.OfPlan(new PlanOffer(FREE, null)));
        }

        @Test
        void aPlanIsFoundByThePriceThatStripeHas() {
            assertThat(CATALOG.offerOf("price_year")).isEqualTo(new PlanOffer(PRO, YEARLY));
            assertThat(CATALOG.offerOf("price_other")).isNull();
        }
    }

    @Nested
    class Comparing {

        @Test
        void theDearerMonthIsTheBetterPlan() {
            Plan team = plan("team", 100, price(Interval.MONTH, 600, "usd", null));

            assertThat(new PlanOffer(team, team.prices().getFirst()).isBetterThan(new PlanOffer(PRO, MONTHLY)))
                    .isTrue();
            assertThat(new PlanOffer(PRO, MONTHLY)
                            .isBetterThan(new PlanOffer(team, team.prices().getFirst())))
                    .isFalse();
        }

        @Test
        void aYearIsComparedByWhatAMonthOfItCosts() {
            assertThat(new PlanOffer(PRO, MONTHLY).isBetterThan(new PlanOffer(PRO, YEARLY)))
                    .isTrue();
        }

        @Test
        void atTheSamePriceTheAllowanceDecides() {
            Plan more = plan("more", 251, MONTHLY);

            assertThat(new PlanOffer(more, MONTHLY).isBetterThan(new PlanOffer(PRO, MONTHLY)))
                    .isTrue();
            assertThat(new PlanOffer(PRO, MONTHLY).isBetterThan(new PlanOffer(PRO, MONTHLY)))
                    .isFalse();
        }

        @Test
        void everyPaidPlanIsBetterThanAFreeOne() {
            assertThat(new PlanOffer(PRO, YEARLY).isBetterThan(new PlanOffer(FREE, null)))
                    .isTrue();
            assertThat(new PlanOffer(FREE, null).isBetterThan(new PlanOffer(PRO, YEARLY)))
                    .isFalse();
        }
    }

    @Nested
    class Making {

        @Test
        void refusesWhatCannotBeSold() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan("pro", 250, MONTHLY, MONTHLY))
                    .withMessageContaining("two prices for a month in usd");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plan("pro", 0, MONTHLY))
                    .withMessageContaining("no allowance");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Plan(
                            "free",
                            "Free",
                            Credits.of(1),
                            List.of(),
                            new Trial(7, Credits.ZERO),
                            new Rollover.None(),
                            null,
                            null))
                    .withMessageContaining("nothing to try");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new Catalog(List.of(), List.of(), List.of(plan("a", 1, YEARLY), plan("b", 1, YEARLY))))
                    .withMessageContaining("price_year");
        }

        @Test
        void aProductOfStripesIsNoPrice() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> price(Interval.MONTH, 500, "usd", "prod_1"))
                    .withMessageContaining("price_");
        }
    }

    @Nested
    class Writing {

        @Test
        void whatIsWrittenIsReadAsItWas() {
            Plan full = new Plan(
                    "pro",
                    "Pro",
                    Credits.parse("250.5"),
                    List.of(MONTHLY, YEARLY, IN_YEN),
                    new Trial(14, Credits.of(50)),
                    new Rollover.UpTo(Credits.of(100)),
                    Duration.ofHours(36),
                    Duration.ofDays(7));

            String json = LineJson.write(PlanLine.of(full));

            assertThat(LineJson.read(json, PlanLine.class).plan()).isEqualTo(full);
        }

        @Test
        void aPackAndACustomAmountAreToo() {
            Pack pack = new Pack(
                    "small",
                    "Small",
                    Credits.of(10),
                    List.of(Price.of(new Money(900, "usd")), new Price(new Money(1_350, "kwd"), "price_kwd")));
            CustomAmount custom = new CustomAmount(
                    new CustomAmount.Bounds("jpy", 500, 50_000, 10),
                    new PriceCurve(List.of(new PriceCurve.Tier(0, 10_000), new PriceCurve.Tier(1_000, 12_500))));

            assertThat(LineJson.read(LineJson.write(PackLine.of(pack)), PackLine.class)
                            .pack())
                    .isEqualTo(pack);
            assertThat(LineJson.read(LineJson.write(CustomLine.of(custom)), CustomLine.class)
                            .custom())
                    .isEqualTo(custom);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"pris\": 1}", "{\"amount\": 1.5}", "{\"amount\": ", "[]", "null", "{\"trial\": 7}"})
        void otherJsonIsRefused(String json) {
            assertThatIllegalArgumentException().isThrownBy(() -> LineJson.read(json, PriceLine.class));
        }

        @Test
        void whatMakesNoSenseIsToldWithItsPlaceAndWhatWouldBeRight() {
            assertRefused("{'id': 'pro', 'name': 'Pro'}", "allowance (credits a month) is missing");
            assertRefused(
                    "{'id': 'pro', 'name': 'Pro', 'allowance': '5', 'prices': [{'amount': 500, 'currency': 'usd'}]}",
                    "prices[0]: interval (month or year) is missing");
            assertRefused(
                    "{'id': 'pro', 'name': 'Pro', 'allowance': '5', 'prices': [{'interval': 'week', 'amount': 5, 'currency': 'usd'}]}",
                    "prices[0]: an interval is month or year, not: week");
            assertRefused(
                    "{'id': 'pro', 'name': 'Pro', 'allowance': '5', 'rollover': 'some'}",
                    "rollover is none, all, or the most credits that live on, not: some");
            assertRefused(
                    "{'id': 'pro', 'name': 'Pro', 'allowance': '5', 'grace': 'PT24H'}",
                    "grace is a number of minutes, hours or days such as 90m, 36h or 7d, not: PT24H");
            assertRefused(
                    "{'id': 'pro', 'name': 'Pro', 'allowance': '5', 'trial': {'days': 0}}",
                    "trial: a trial has 1 to 730 days, not 0");
        }

        private void assertRefused(String json, String message) {
            PlanLine line = LineJson.read(json.replace('\'', '"'), PlanLine.class);

            assertThatIllegalArgumentException().isThrownBy(line::plan).withMessage(message);
        }
    }

    private static PlanPrice price(Interval interval, long minor, String currency, @Nullable String stripeId) {
        return new PlanPrice(interval, new Price(new Money(minor, currency), stripeId));
    }

    private static Plan plan(String id, long allowance, PlanPrice... prices) {
        return new Plan(id, id, Credits.of(allowance), List.of(prices), null, new Rollover.None(), null, null);
    }

    private static Quote offer(Plan plan, PlanPrice price) {
        return new Quote.OfPlan(new PlanOffer(plan, price));
    }
}
