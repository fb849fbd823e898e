package io.tollgate.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.Invoice.Parent.SubscriptionDetails;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.SoldPlans;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

final class StripeSoldPlans implements SoldPlans {

    private final PacedStripe stripe;

    StripeSoldPlans(PacedStripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Listed<SoldPlan>> subscriptions(Period period, @Nullable String after) {
        return stripe.list(
                cursor -> {
                    SubscriptionListParams.Builder request = SubscriptionListParams.builder()
                            .setLimit(PacedStripe.PAGE)
                            .setStatus(SubscriptionListParams.Status.ALL)
                            .setCreated(SubscriptionListParams.Created.builder()
                                    .setLt(period.until().getEpochSecond())
                                    .build());
                    SubscriptionListParams page = cursor == null
                            ? request.build()
                            : request.setStartingAfter(cursor).build();
                    return client -> client.v1().subscriptions().list(page);
                },
                after,
                StripeSoldPlans::read);
    }

    @Override
    public Mono<Listed<PaidInvoice>> paidInvoices(Period period, @Nullable String after) {
        return stripe.list(
                        cursor -> {
                            InvoiceListParams.Builder request = InvoiceListParams.builder()
                                    .setLimit(PacedStripe.PAGE)
                                    .setStatus(InvoiceListParams.Status.PAID)
                                    .setCreated(InvoiceListParams.Created.builder()
                                            .setGte(period.from().getEpochSecond())
                                            .setLt(period.until().getEpochSecond())
                                            .build());
                            InvoiceListParams page = cursor == null
                                    ? request.build()
                                    : request.setStartingAfter(cursor).build();
                            return client -> client.v1().invoices().list(page);
                        },
                        after,
                        StripeSoldPlans::read)
                .map(page -> new Listed<>(
                        page.objects().stream()
                                .filter(invoice -> !invoice.subscription().isEmpty())
                                .toList(),
                        page.next()));
    }

    private static SoldPlan read(Subscription subscription) {
        return new SoldPlan(
                subscription.getId(), account(subscription.getMetadata()), String.valueOf(subscription.getStatus()));
    }

    private static PaidInvoice read(Invoice invoice) {
        SubscriptionDetails details =
                invoice.getParent() == null ? null : invoice.getParent().getSubscriptionDetails();
        String subscription = details == null ? null : details.getSubscription();
        return new PaidInvoice(
                invoice.getId(),
                subscription == null ? "" : subscription,
                account(details == null ? null : details.getMetadata()),
                invoice.getCurrency(),
                invoice.getAmountPaid());
    }

    private static @Nullable String account(@Nullable Map<String, String> metadata) {
        return metadata == null ? null : metadata.get(SessionForm.ACCOUNT);
    }
}
