package io.tollgate.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.journey.Browser.Screen;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a refused call to the same call answered, in a browser. */
@Tag("browser")
@TestInstance(Lifecycle.PER_CLASS)
class TopUpJourneyTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Pattern PAY = Pattern.compile("^Pay");

    private final Installation installation = Installation.shared();
    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);
    private final Browser browser = new Browser();

    @BeforeAll
    void answersCostWhatIsHeld() {
        installation.ai().behave(Behaviour.fast().withTokens(100, 100));
    }

    @AfterEach
    void deliverAgain() {
        installation.stripe().deliverWebhooks(DeliveryMode.NORMAL);
    }

    @AfterAll
    void close() {
        browser.close();
        installation.ai().resetBehaviour();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedCallIsPaidForAndGoesThrough(Screen screen) {
        Customer customer = operator.customerWith(Credits.parse("0.05"));
        HttpResponse<String> refused = Calls.call(gateway, customer);
        assertThat(refused.statusCode()).isEqualTo(402);
        installation.stripe().deliverWebhooks(DeliveryMode.delayed(1_500));
        try (BrowserContext context = browser.on(screen)) {
            Page page = context.newPage();
            List<String> complaints = complaints(page);
            page.navigate(Calls.topUpUrl(refused));
            assertThat(page.getByText("0.05 credits")).isVisible();
            look(page, screen, "top-up");

            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("10 credits"))
                    .click();
            look(page, screen, "checkout", Checks.NONE);
            payAtStripe(page);

            page.waitForURL(Pattern.compile(".*/success.*"));
            assertThat(page.getByText("10 credits have been added.")).isVisible();
            assertThat(page.getByText("10.05 credits")).isVisible();
            look(page, screen, "success");
            assertThat(complaints).isEmpty();
        }
        assertThat(Calls.call(gateway, customer).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anAmountOutOfBoundsComesBackWithTheBoundsAndWhatWasTyped(Screen screen) {
        try (BrowserContext context = browser.on(screen)) {
            Page page = context.newPage();
            page.navigate(topUpUrl());

            page.getByLabel("Amount in USD").fill("3");
            page.getByLabel("Amount in USD").press("Enter");

            assertThat(page.getByText("The amount has to be between $5.00 and $500.00."))
                    .isVisible();
            assertThat(page.getByLabel("Amount in USD")).hasValue("3");
            look(page, screen, "out-of-bounds");
        }
    }

    @Test
    void payingNeedsNoJavaScript() {
        Customer customer = operator.createAccount("no script");
        try (BrowserContext context = browser.withoutJavaScript()) {
            Page page = context.newPage();
            page.navigate(Calls.topUpUrl(Calls.call(gateway, customer)));

            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("10 credits"))
                    .click();
            payAtStripe(page);

            page.waitForURL(Pattern.compile(".*/success.*"));
            assertThat(page.getByText("10 credits have been added.")).isVisible();
        }
    }

    @Test
    void theKeyboardAloneReachesEveryButton() {
        try (BrowserContext context = browser.on(Screen.DESKTOP)) {
            Page page = context.newPage();
            page.navigate(topUpUrl());

            List<String> reached = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                page.keyboard().press("Tab");
                reached.add(String.valueOf(
                        page.evaluate("() => document.activeElement.name || document.activeElement.textContent")));
            }

            assertThat(reached).containsExactly("pack", "pack", "pack", "amount", "Pay this amount");
        }
    }

    @Test
    void leavingStripesPageLeadsBackToTheChoice() {
        try (BrowserContext context = browser.on(Screen.PHONE)) {
            Page page = context.newPage();
            String url = topUpUrl();
            page.navigate(url + "/cancel");
            look(page, Screen.PHONE, "cancelled");

            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Choose again"))
                    .click();

            assertThat(page).hasURL(url);
        }
    }

    @Test
    void aTamperedLinkSaysSo() {
        try (BrowserContext context = browser.on(Screen.DESKTOP)) {
            Page page = context.newPage();

            page.navigate(topUpUrl().replaceAll("..$", "AA"));

            assertThat(page.getByRole(AriaRole.HEADING)).hasText("This link is not valid");
            look(page, Screen.DESKTOP, "tampered");
        }
    }

    private String topUpUrl() {
        return Calls.topUpUrl(Calls.call(gateway, operator.createAccount("visitor")));
    }

    /** The simulated Stripe's page comes with the test card filled in. */
    private static void payAtStripe(Page page) {
        Locator pay = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(PAY));
        pay.click();
    }

    /** What the browser's console and its policies have to say: a blocked style or script shows nowhere else. */
    private static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }

    /** Whether a page is ours to check. */
    private enum Checks {
        ACCESSIBILITY,
        NONE
    }

    private static void look(Page page, Screen screen, String name) {
        look(page, screen, name, Checks.ACCESSIBILITY);
    }

    private static void look(Page page, Screen screen, String name, Checks checks) {
        String file = name + "-" + screen.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(
                new ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)).setFullPage(true));
        if (checks == Checks.ACCESSIBILITY) {
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .extracting(rule -> rule.getId() + ": " + rule.getDescription() + " "
                            + rule.getNodes().getFirst().getHtml())
                    .isEmpty();
            Object overflow = page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth");
            assertThat(overflow).as("it has to be scrolled sideways").isEqualTo(false);
        }
    }
}
