package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever plans a subscription runs through, it pays for the seconds of each, and the preview says so before. */
class ProrationPropertiesTest {
    private static final int CHANGES = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_271_130})
    void chargesEachPlanForItsTimeAndNothingElse(long seed) throws StripeException {
        try (Subscribed stripe = new Subscribed("2027-01-31T09:30:15Z")) {
            Random random = new Random(seed);
            List<Long> amounts = List.of(500L, 999L, 1_000L, 2_900L, 4_900L, 9_999L);
            List<String> prices = new ArrayList<>();
            for (long amount : amounts) {
                prices.add(stripe.monthly(amount));
            }
            int plan = 0;
            Subscription subscription = stripe.subscribe("pm_card_visa", prices.get(plan));
            Period period = Subscribed.period(subscription);
            BigDecimal used = BigDecimal.ZERO;
            long at = period.start();
            for (int i = 0; i < CHANGES; i++) {
                long next = at + 1 + random.nextLong((period.end() - at) / 4);
                stripe.advance(Duration.ofSeconds(next - at));
                used = used.add(share(amounts.get(plan), next - at, period));
                at = next;
                plan = random.nextInt(prices.size());
                changeAndCompare(stripe, subscription, prices.get(plan), seed);
            }
            used = used.add(share(amounts.get(plan), period.end() - at, period));

            long debited = stripe.invoices(subscription).stream()
                    .mapToLong(Invoice::getTotal)
                    .sum();

            assertThat(BigDecimal.valueOf(debited).subtract(used).abs())
                    .as("seed %d", seed)
                    .isLessThan(BigDecimal.valueOf(CHANGES));
        }
    }

    private static BigDecimal share(long amount, long seconds, Period period) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(seconds))
                .divide(BigDecimal.valueOf(period.length()), MathContext.DECIMAL64);
    }

    private static void changeAndCompare(Subscribed stripe, Subscription subscription, String price, long seed)
            throws StripeException {
        String item = subscription.getItems().getData().getFirst().getId();
        int before = stripe.invoices(subscription).size();
        Invoice preview = stripe.client
                .v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                                .setProrationBehavior(
                                        InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE)
                                .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                        .setId(item)
                                        .setPrice(price)
                                        .build())
                                .build())
                        .build());
        Subscription _ = stripe.client
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(item)
                                        .setPrice(price)
                                        .build())
                                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE)
                                .build());
        if (stripe.invoices(subscription).size() == before) {
            assertThat(amounts(preview)).as("seed %d", seed).isEmpty();
            return;
        }
        Invoice invoice = stripe.latestInvoice(subscription);
        assertThat(amounts(invoice)).as("seed %d", seed).isEqualTo(amounts(preview));
        assertThat(invoice.getAmountDue()).as("seed %d", seed).isEqualTo(preview.getAmountDue());
        assertThat(invoice.getEndingBalance()).as("seed %d", seed).isEqualTo(preview.getEndingBalance());
    }

    private static List<Long> amounts(Invoice invoice) {
        return invoice.getLines().getData().stream()
                .map(InvoiceLineItem::getAmount)
                .toList();
    }
}
