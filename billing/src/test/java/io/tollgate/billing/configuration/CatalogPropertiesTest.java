package io.tollgate.billing.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.HashMap;
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
