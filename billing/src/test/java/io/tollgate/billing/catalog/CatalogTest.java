package io.tollgate.billing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private static final Pack SMALL = new Pack("small", "Small", Credits.of(10), new Money(1_000, "usd"));
    private static final CustomAmount.Bounds BOUNDS = new CustomAmount.Bounds("usd", 500, 50_000, 100);
    private static final Catalog CATALOG =
            new Catalog(List.of(SMALL), List.of(new CustomAmount(BOUNDS, PriceCurve.flat(10_000))), List.of());

    @Nested
    class Quoting {

        @Test
        void aPackCostsWhatTheCatalogSays() {
            assertThat(CATALOG.quote(new Choice.OfPack("small")))
                    .isEqualTo(new Quote.Priced("Small", Credits.of(10), new Money(1_000, "usd")));
        }

        @Test
        void aPackThatIsNotThereIsUnknown() {
            assertThat(CATALOG.quote(new Choice.OfPack("SMALL"))).isEqualTo(new Quote.UnknownPack());
        }

        @ParameterizedTest
        @ValueSource(longs = {500, 600, 50_000})
        void anAmountWithinTheBoundsIsPriced(long minor) {
            assertThat(CATALOG.quote(new Choice.OfAmount(minor)))
                    .isEqualTo(new Quote.Priced("Credit", Credits.ofMicros(minor * 10_000), new Money(minor, "usd")));
        }

        @ParameterizedTest
        @ValueSource(longs = {Long.MIN_VALUE, -500, 0, 499, 501, 50_001, 50_100, Long.MAX_VALUE})
        void anAmountOutsideIsToldTheBounds(long minor) {
            assertThat(CATALOG.quote(new Choice.OfAmount(minor))).isEqualTo(new Quote.AmountOutOfBounds(BOUNDS));
        }

        @Test
        void withoutACustomAmountOnlyPacksAreForSale() {
            assertThat(new Catalog(List.of(SMALL), List.of(), List.of()).quote(new Choice.OfAmount(500)))
                    .isEqualTo(new Quote.NoCustomAmounts());
        }
    }

    @Nested
    class Curves {

        private static final PriceCurve CURVE =
                new PriceCurve(List.of(new PriceCurve.Tier(0, 10_000), new PriceCurve.Tier(1_000, 12_000)));

        @Test
        void priceEachTierOnItsOwn() {
            assertThat(CURVE.creditsFor(1_000)).isEqualTo(Credits.ofMicros(10_000_000));
            assertThat(CURVE.creditsFor(1_001)).isEqualTo(Credits.ofMicros(10_012_000));
        }

        @Test
        void giveMoreForMore() {
            for (long minor = 1; minor < 3_000; minor++) {
                assertThat(CURVE.creditsFor(minor)).isGreaterThan(CURVE.creditsFor(minor - 1));
            }
        }

        @Test
        void refuseWhatNoAccountCouldHold() {
            PriceCurve dear = PriceCurve.flat(Credits.MICROS_MAX);

            assertThat(dear.creditsFor(1)).isEqualTo(Credits.MAX);
            assertThatIllegalArgumentException().isThrownBy(() -> dear.creditsFor(2));
            assertThatIllegalArgumentException().isThrownBy(() -> dear.creditsFor(99_999_999));
        }

        @Test
        void needRisingTiersFromZero() {
            assertThatIllegalArgumentException().isThrownBy(() -> new PriceCurve(List.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PriceCurve(List.of(new PriceCurve.Tier(1, 10_000))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new PriceCurve(List.of(new PriceCurve.Tier(0, 10_000), new PriceCurve.Tier(0, 12_000))));
        }
    }

    @Nested
    class Making {

        @Test
        void refusesTwoPacksOfOneId() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Catalog(List.of(SMALL, SMALL), List.of(), List.of()))
                    .withMessageContaining("small");
        }

        @Test
        void refusesBoundsThatAllowNothing() {
            assertThatIllegalArgumentException().isThrownBy(() -> new CustomAmount.Bounds("usd", 600, 500, 100));
            assertThatIllegalArgumentException().isThrownBy(() -> new CustomAmount.Bounds("usd", 0, 500, 100));
            assertThatIllegalArgumentException().isThrownBy(() -> new CustomAmount.Bounds("usd", 1, 500, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new CustomAmount.Bounds("USD", 1, 500, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> new CustomAmount.Bounds("usd", 1, 100_000_000, 1));
        }

        @Test
        void refusesAMaximumWorthMoreThanAnAccountCanHold() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CustomAmount(BOUNDS, PriceCurve.flat(Credits.MICROS_MAX)));
        }

        @Test
        void refusesPacksOfNothing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Pack("free", "Free", Credits.of(1), new Money(0, "usd")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Pack("none", "None", Credits.ZERO, new Money(1, "usd")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Pack("no good", "None", Credits.of(1), new Money(1, "usd")));
        }
    }
}
