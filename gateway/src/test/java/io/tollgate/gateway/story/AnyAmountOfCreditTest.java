package io.tollgate.gateway.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.journey.Browser;
import io.tollgate.gateway.journey.Browser.Screen;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Credits at one cent each, in 500, 1,000, 2,500 or any amount, with a page that shows how the payment stands. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnyAmountOfCreditTest {

    private static final Pattern SUCCESS = Pattern.compile(".*/success.*");

    private final Shop shop = Shop.open("""
            billing.catalog:
              packs:
                - {id: c500, name: 500 credits, credits: 500, amount: 500, currency: usd}
                - {id: c1000, name: 1000 credits, credits: 1000, amount: 1000, currency: usd}
                - {id: c2500, name: 2500 credits, credits: 2500, amount: 2500, currency: usd}
              custom: {currency: usd, minimum: 100, maximum: 100000, step: 1, credits-per-minor-unit: 1}
            """);
    private final Browser browser = new Browser();

    @AfterAll
    void close() {
        browser.close();
        shop.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoChoosesAnAmountAndPaysSeesTheCreditsAddedOnce(Screen screen) {
        Customer customer = shop.newCustomer();
        try (BrowserContext context = browser.on(screen)) {
            Page page = context.newPage();
            page.navigate(shop.topUpUrl(customer));
            Browser.look(page, screen, "any-amount");
            page.getByLabel("Amount in USD").fill("12.34");
            page.getByRole(AriaRole.BUTTON, named("Pay this amount")).click();
            page.getByRole(AriaRole.BUTTON, named("Pay $12.34")).click();

            page.waitForURL(SUCCESS);
            shows(page, "1234 credits have been added.");
            Browser.look(page, screen, "any-amount-added");
            page.reload();
            shows(page, "1234 credits have been added.");
            page.reload();
            shows(page, "1234 credits have been added.");
            assertThat(shop.available(customer)).isEqualTo("1234");

            String forged = page.url().replaceFirst("session_id=cs_[a-z]+_", "session_id=cs_test_forged");
            assertThat(page.navigate(forged).status()).isEqualTo(404);
            assertThat(page.getByRole(AriaRole.HEADING)).hasText("No such payment");
            Browser.look(page, screen, "any-amount-forged");
        }
        assertThat(shop.available(customer)).isEqualTo("1234");
        shop.calls(customer, 1);
    }

    @ParameterizedTest
    @CsvSource({"500, $5.00", "1000, $10.00", "2500, $25.00"})
    void whoChoosesAPackPaysACentForEachCredit(String credits, String price) {
        Customer customer = shop.newCustomer();
        try (BrowserContext context = browser.on(Screen.PHONE)) {
            Page page = context.newPage();
            page.navigate(shop.topUpUrl(customer));
            page.getByRole(AriaRole.BUTTON, named(credits + " credits " + price))
                    .click();
            page.getByRole(AriaRole.BUTTON, named("Pay " + price)).click();

            page.waitForURL(SUCCESS);
            shows(page, credits + " credits have been added.");
        }
        assertThat(shop.available(customer)).isEqualTo(credits);
    }

    @Test
    void anothersPaymentIsNoneOfOurs() {
        URI ours = shop.pay(shop.beginCheckout(shop.newCustomer(), "{\"amount_minor\": 100}"));
        URI theirs = shop.pay(shop.beginCheckout(shop.newCustomer(), "{\"amount_minor\": 200}"));

        String mixed = ours.getPath() + "?" + theirs.getQuery();

        assertThat(shop.gateway()
                        .get(ours.getPath() + "?" + ours.getQuery(), null)
                        .body())
                .contains("100 credits");
        assertThat(shop.gateway().get(mixed, null).statusCode()).isEqualTo(404);
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name);
    }

    private static void shows(Page page, String text) {
        assertThat(page.getByText(text)).isVisible();
    }
}
