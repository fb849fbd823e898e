package io.tollgate.billing.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.param.ProductCreateParams;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.checkout.StripePrices;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Prices and products at Stripe. What was found in order is remembered: there is no more of it than the catalog has had. */
final class StripeShelf implements StripePrices {

    private static final String EXISTS = "resource_already_exists";

    private final StripeAccess stripe;
    private final Set<String> inOrder = ConcurrentHashMap.newKeySet();

    StripeShelf(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<PriceCheck> check(io.tollgate.billing.catalog.Price price, @Nullable Interval interval) {
        String id = price.stripeId();
        String known = price + "|" + interval;
        if (id == null || inOrder.contains(known)) {
            return Mono.just(new PriceCheck.Same());
        }
        return stripe.find(client -> client.v1().prices().retrieve(id))
                .map(found -> compare(price, interval, found))
                .defaultIfEmpty(new PriceCheck.Differs("Stripe has no such price"))
                .doOnNext(check -> {
                    if (check instanceof PriceCheck.Same) {
                        inOrder.add(known);
                    }
                });
    }

    @Override
    public Mono<String> product(Plan plan) {
        String id = plan.stripeProduct();
        if (inOrder.contains(id)) {
            return Mono.just(id);
        }
        return stripe.find(client -> client.v1().products().retrieve(id))
                .map(Product::getId)
                .switchIfEmpty(Mono.defer(() -> create(plan)))
                .doOnNext(inOrder::add);
    }

    private Mono<String> create(Plan plan) {
        String id = plan.stripeProduct();
        ProductCreateParams product = ProductCreateParams.builder()
                .setId(id)
                .setName(plan.name())
                .putMetadata(SessionForm.PLAN, plan.id())
                .build();
        return stripe.run(client -> client.v1()
                        .products()
                        .create(
                                product,
                                StripeAccess.idempotent("tollgate-product-" + plan.id() + "-"
                                        + plan.name().hashCode())))
                .map(Product::getId)
                .onErrorResume(
                        StripeException.class,
                        failure -> EXISTS.equals(failure.getCode()) ? Mono.just(id) : refused(failure));
    }

    private static Mono<String> refused(StripeException failure) {
        return Mono.error(new StripeUnavailableException(Effect.NONE, "Stripe: " + StripeAccess.code(failure), null));
    }

    private static PriceCheck compare(
            io.tollgate.billing.catalog.Price ours, @Nullable Interval interval, Price theirs) {
        String amount = theirs.getUnitAmount() + " " + theirs.getCurrency();
        String wanted = ours.money().minor() + " " + ours.currency();
        if (!amount.equals(wanted)) {
            return new PriceCheck.Differs("Stripe has " + amount + ", the catalog " + wanted);
        }
        if (!Objects.equals(interval(theirs), interval == null ? null : interval.word())) {
            return new PriceCheck.Differs("Stripe has " + paidBy(interval(theirs)) + ", the catalog "
                    + paidBy(interval == null ? null : interval.word()));
        }
        return Boolean.FALSE.equals(theirs.getActive())
                ? new PriceCheck.Differs("Stripe's price is archived")
                : new PriceCheck.Same();
    }

    private static @Nullable String interval(Price price) {
        Price.Recurring recurring = price.getRecurring();
        if (recurring == null) {
            return null;
        }
        Long count = recurring.getIntervalCount();
        return count == null || count == 1 ? recurring.getInterval() : count + " " + recurring.getInterval() + "s";
    }

    private static String paidBy(@Nullable String interval) {
        return interval == null ? "a price that is paid once" : "a price per " + interval;
    }
}
