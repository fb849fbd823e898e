package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedPlans.BookedPlan;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.SoldPlans.SoldPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Subscriptions, those of earlier periods too: whether the book has them, and as Stripe has them. */
public final class StandingPlans implements Comparison {

    private static final String EVENT = "customer.subscription.updated";

    private final SoldPlans sold;
    private final BookedPlans booked;

    public StandingPlans(SoldPlans sold, BookedPlans booked) {
        this.sold = sold;
        this.booked = booked;
    }

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return sold.subscriptions(period, place).flatMap(page -> {
            List<String> ids = page.objects().stream().map(SoldPlan::id).toList();
            return booked.subscriptions(ids)
                    .collectMap(BookedPlan::id)
                    .map(inBook -> Page.of(page, findings(page.objects(), inBook)));
        });
    }

    private static List<Finding> findings(List<SoldPlan> plans, Map<String, BookedPlan> inBook) {
        return plans.stream()
                .map(plan -> compare(plan, inBook.get(plan.id())))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .collect(Collectors.toList());
    }

    static @Nullable Finding compare(SoldPlan plan, @Nullable BookedPlan book) {
        if (book == null) {
            // Never paid for, it never gave anything.
            return plan.account() == null || plan.status().startsWith("incomplete")
                    ? null
                    : Finding.of(Kind.SUBSCRIPTION_UNKNOWN, plan.id(), plan.status() + " at Stripe")
                            .ofAccount(plan.account())
                            .remediedBy(EVENT, plan.id());
        }
        String status = status(plan.status());
        return status == null || status.equals(book.status())
                ? null
                : Finding.of(
                                Kind.SUBSCRIPTION_DIFFERS,
                                plan.id(),
                                plan.status() + " at Stripe, in the book " + book.status())
                        .ofAccount(book.account())
                        .remediedBy(EVENT, plan.id());
    }

    // A word we do not know is no difference.
    static @Nullable String status(String word) {
        return switch (word) {
            case "incomplete" -> "INCOMPLETE";
            case "trialing" -> "TRIALING";
            case "active" -> "ACTIVE";
            case "past_due" -> "PAST_DUE";
            case "unpaid" -> "UNPAID";
            case "paused" -> "PAUSED";
            case "canceled", "incomplete_expired" -> "ENDED";
            default -> null;
        };
    }
}
