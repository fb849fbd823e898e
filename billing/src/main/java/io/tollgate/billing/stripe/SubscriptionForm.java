package io.tollgate.billing.stripe;

import static java.util.Objects.requireNonNull;

import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.subscription.StripeSubscription;
import io.tollgate.billing.subscription.StripeSubscription.Item;
import io.tollgate.billing.subscription.StripeSubscription.Next;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stripe's subscriptions in our words. */
final class SubscriptionForm {

    /** What our checkout writes on a subscription. */
    static final String PLAN = "tollgate_plan";

    private static final String PRODUCT = "tollgate_plan_";

    private SubscriptionForm() {}

    static StripeSubscription read(Subscription subscription) {
        Map<String, String> metadata = subscription.getMetadata() == null ? Map.of() : subscription.getMetadata();
        Item item = item(subscription.getItems().getData().getFirst());
        String account = metadata.get(SessionForm.ACCOUNT);
        Status status = status(subscription.getStatus());
        Instant startedAt = instant(requireNonNull(subscription.getStartDate()));
        return new StripeSubscription(
                subscription.getId(),
                account == null ? null : new AccountId(account),
                metadata.get(PLAN),
                subscription.getCustomer(),
                status,
                item,
                instant(requireNonNull(subscription.getBillingCycleAnchor())),
                startedAt,
                orNull(subscription.getTrialEnd()),
                cancelAt(subscription, item),
                status == Status.ENDED ? endedAt(subscription, startedAt) : null,
                subscription.getCancellationDetails() == null
                        ? null
                        : subscription.getCancellationDetails().getReason(),
                subscription.getPauseCollection() == null
                        ? null
                        : subscription.getPauseCollection().getBehavior(),
                subscription.getPauseCollection() == null
                        ? null
                        : orNull(subscription.getPauseCollection().getResumesAt()),
                subscription.getLatestInvoice(),
                card(method(subscription)),
                next(subscription.getScheduleObject()));
    }

    static Instant instant(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    static @Nullable Instant orNull(@Nullable Long seconds) {
        return seconds == null ? null : instant(seconds);
    }

    /** The plan that a product of ours stands for; null for any other. */
    static @Nullable String planOf(@Nullable String product) {
        return product != null && product.startsWith(PRODUCT) ? product.substring(PRODUCT.length()) : null;
    }

    static Interval interval(Price price) {
        return "year".equals(price.getRecurring().getInterval()) ? Interval.YEAR : Interval.MONTH;
    }

    private static Item item(SubscriptionItem item) {
        return new Item(
                item.getId(),
                item.getPrice().getId(),
                planOf(item.getPrice().getProduct()),
                interval(item.getPrice()),
                instant(requireNonNull(item.getCurrentPeriodStart())),
                instant(requireNonNull(item.getCurrentPeriodEnd())));
    }

    // A schedule of one phase changes nothing.
    private static @Nullable Next next(@Nullable SubscriptionSchedule schedule) {
        if (schedule == null || schedule.getCurrentPhase() == null || schedule.getPhases() == null) {
            return null;
        }
        long end = schedule.getCurrentPhase().getEndDate();
        return schedule.getPhases().stream()
                .filter(phase -> phase.getStartDate() >= end)
                .findFirst()
                .map(SubscriptionForm::next)
                .orElse(null);
    }

    private static @Nullable Next next(SubscriptionSchedule.Phase phase) {
        Price price = phase.getItems().getFirst().getPriceObject();
        return price == null || price.getRecurring() == null
                ? null
                : new Next(price.getId(), planOf(price.getProduct()), interval(price), instant(phase.getStartDate()));
    }

    private static @Nullable Instant cancelAt(Subscription subscription, Item item) {
        Instant at = orNull(subscription.getCancelAt());
        boolean atEnd = Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd());
        return at == null && atEnd ? item.periodEnd() : at;
    }

    private static Instant endedAt(Subscription subscription, Instant startedAt) {
        Instant ended = orNull(subscription.getEndedAt());
        Instant canceled = orNull(subscription.getCanceledAt());
        Instant known = ended == null ? canceled : ended;
        return known == null ? startedAt : known;
    }

    // The customer's, where the subscription has none of its own.
    private static @Nullable PaymentMethod method(Subscription subscription) {
        PaymentMethod own = subscription.getDefaultPaymentMethodObject();
        Customer customer = subscription.getCustomerObject();
        return own != null || customer == null || customer.getInvoiceSettings() == null
                ? own
                : customer.getInvoiceSettings().getDefaultPaymentMethodObject();
    }

    private static @Nullable String card(@Nullable PaymentMethod method) {
        return method == null || method.getCard() == null
                ? null
                : method.getCard().getFingerprint();
    }

    // A word we do not know is no reason to take anything away.
    private static Status status(@Nullable String word) {
        return switch (word) {
            case "incomplete" -> Status.INCOMPLETE;
            case "trialing" -> Status.TRIALING;
            case "past_due" -> Status.PAST_DUE;
            case "unpaid" -> Status.UNPAID;
            case "paused" -> Status.PAUSED;
            case "canceled", "incomplete_expired" -> Status.ENDED;
            case null, default -> Status.ACTIVE;
        };
    }
}
