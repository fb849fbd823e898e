package io.tollgate.billing.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.catalog.Price;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.catalog.Rollover;
import io.tollgate.billing.catalog.Trial;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CatalogPropertiesTest {

    private final Map<String, String> lines = new HashMap<>();

    @Test
    void aCatalogIsReadAsWritten() {
        pack(0, "small", "10", "1000");
        pack(1, "large", "120.5", "10000");
        custom("500", "50000");
        line("custom.step", "100");
        line("custom.curve[0].from", "0");
        line("custom.curve[0].credits-per-minor-unit", "0.01");
        line("custom.curve[1].from", "10000");
        line("custom.curve[1].credits-per-minor-unit", "0.012");

        Catalog catalog = catalog();

        assertThat(catalog.packs()).extracting(pack -> pack.id()).containsExactly("small", "large");
        assertThat(catalog.quote(new Choice.OfPack("large")))
                .isEqualTo(new Quote.Priced("large pack", Credits.parse("120.5"), new Money(10_000, "usd")));
        assertThat(catalog.quote(new Choice.OfAmount(10_100)))
                .isEqualTo(new Quote.Priced("Credit", Credits.parse("101.2"), new Money(10_100, "usd")));
    }

    @Test
    void plansAndFurtherCurrenciesAreReadAsWritten() {
        pack(0, "small", "10", "1000");
        for (String field : List.of("amount", "currency")) {
            lines.remove(CatalogProperties.PREFIX + ".packs[0]." + field);
        }
        line("packs[0].prices[0].amount", "1000");
        line("packs[0].prices[0].currency", "usd");
        line("packs[0].prices[1].amount", "1500");
        line("packs[0].prices[1].currency", "jpy");
        line("packs[0].prices[1].stripe-price", "price_yen");
        custom("500", "50000");
        line("custom.credits-per-minor-unit", "0.01");
        line("custom-amounts[0].currency", "kwd");
        line("custom-amounts[0].minimum", "1000");
        line("custom-amounts[0].maximum", "100000");
        line("custom-amounts[0].credits-per-minor-unit", "0.003");
        line("plans[0].id", "pro");
        line("plans[0].name", "Pro");
        line("plans[0].allowance", "250");
        line("plans[0].prices[0].interval", "month");
        line("plans[0].prices[0].amount", "500");
        line("plans[0].prices[0].currency", "usd");
        line("plans[0].prices[1].interval", "year");
        line("plans[0].prices[1].amount", "5000");
        line("plans[0].prices[1].currency", "usd");
        line("plans[0].trial.days", "14");
        line("plans[0].trial.allowance", "50");
        line("plans[0].rollover", "100");
        line("plans[0].grace", "1d");
        line("plans[0].money-back", "7d");

        Catalog catalog = catalog();

        assertThat(catalog.quote(new Choice.OfPack("small", "jpy")))
                .isEqualTo(new Quote.Priced(
                        "small pack", Credits.of(10), new Price(new Money(1_500, "jpy"), "price_yen")));
        assertThat(catalog.quote(new Choice.OfPack("small", "eur")))
                .isEqualTo(new Quote.UnknownCurrency(List.of("usd", "jpy")));
        assertThat(catalog.quote(new Choice.OfAmount(2_000, "kwd")))
                .isEqualTo(new Quote.Priced("Credit", Credits.of(6), new Money(2_000, "kwd")));
        Plan pro = catalog.plans().getFirst();
        assertThat(pro.prices()).extracting(PlanPrice::perYearMinor).containsExactly(6_000L, 5_000L);
        assertThat(pro.trial()).isEqualTo(new Trial(14, Credits.of(50)));
        assertThat(pro.rollover()).isEqualTo(new Rollover.UpTo(Credits.of(100)));
        assertThat(pro.grace()).isEqualTo(Duration.ofDays(1));
        assertThat(pro.moneyBack()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void aPlanThatMakesNoSenseIsNamedToTheVeryPrice() {
        line("plans[0].id", "pro");
        line("plans[0].name", "Pro");
        line("plans[0].allowance", "250");
        line("plans[0].prices[0].interval", "month");
        line("plans[0].prices[0].amount", "500");
        line("plans[0].prices[0].currency", "usdd");

        assertThatIllegalArgumentException()
                .isThrownBy(this::catalog)
                .withMessage("tollgate.billing.catalog.plans[0]: prices[0]: "
                        + "currency has to be an ISO 4217 code in lower case: usdd");
    }

    @Test
    void nothingWrittenIsAnEmptyCatalog() {
        assertThat(catalog()).isEqualTo(Catalog.EMPTY);
    }

    @Test
    void whatIsMissingIsNamed() {
        pack(0, "small", "10", "1000");
        lines.remove(CatalogProperties.PREFIX + ".packs[0].amount");

        assertThatIllegalArgumentException()
                .isThrownBy(this::catalog)
                .withMessage("tollgate.billing.catalog.packs[0]: amount is missing");
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        custom("500", "100");
        line("custom.credits-per-minor-unit", "0.01");

        assertThatIllegalArgumentException()
                .isThrownBy(this::catalog)
                .withMessageStartingWith("tollgate.billing.catalog.custom: ")
                .withMessageContaining("minimum");
    }

    @Test
    void aPriceFinerThanAMicroCreditIsRefused() {
        custom("500", "1000");
        line("custom.credits-per-minor-unit", "0.0000001");

        assertThatIllegalArgumentException().isThrownBy(this::catalog).withMessageContaining("six decimals");
    }

    @Test
    void aFlatPriceAndACurveTogetherAreRefused() {
        custom("500", "1000");
        line("custom.credits-per-minor-unit", "0.01");
        line("custom.curve[0].from", "0");
        line("custom.curve[0].credits-per-minor-unit", "0.01");

        assertThatIllegalArgumentException().isThrownBy(this::catalog).withMessageContaining("not both");
    }

    private Catalog catalog() {
        return new Binder(new MapConfigurationPropertySource(lines))
                .bindOrCreate(CatalogProperties.PREFIX, CatalogProperties.class)
                .catalog();
    }

    private void pack(int index, String id, String credits, String amount) {
        String prefix = "packs[" + index + "].";
        line(prefix + "id", id);
        line(prefix + "name", id + " pack");
        line(prefix + "credits", credits);
        line(prefix + "amount", amount);
        line(prefix + "currency", "usd");
    }

    private void custom(String minimum, String maximum) {
        line("custom.currency", "usd");
        line("custom.minimum", minimum);
        line("custom.maximum", maximum);
    }

    private void line(String name, String value) {
        lines.put(CatalogProperties.PREFIX + "." + name, value);
    }
}
