package io.tollgate.gateway.api;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.checkout.Visit;
import io.tollgate.billing.checkout.Visit.CardUse;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.CheckoutProblems;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.account.AccountId;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What is for sale, and the way to buying it from a program. */
final class CheckoutEndpoint {

    private final Catalogs catalogs;
    private final Checkout checkout;
    private final TopUpLinks links;

    CheckoutEndpoint(Catalogs catalogs, Checkout checkout, TopUpLinks links) {
        this.catalogs = catalogs;
        this.checkout = checkout;
        this.links = links;
    }

    /**
     * A pack, an amount or a plan; the rest may be left out.
     *
     * @param amountMinor whole minor units; a decimal type, since JSON's numbers would lose their fraction silently in any other
     * @param interval of a plan: month or year
     * @param locale of Stripe's page
     * @param saveCard keeps the card for automatic top-ups
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Wish(
            @Nullable String pack,
            @Nullable BigDecimal amountMinor,
            @Nullable String plan,
            @Nullable String interval,
            @Nullable String currency,
            @Nullable String locale,
            @Nullable Boolean saveCard) {

        long choices() {
            return Stream.of(pack != null, amountMinor != null, plan != null)
                    .filter(chosen -> chosen)
                    .count();
        }

        @Nullable
        String currencyCode() {
            return currency == null ? null : currency.toLowerCase(Locale.ROOT);
        }

        CardUse cardUse() {
            return Boolean.TRUE.equals(saveCard) ? CardUse.KEEP : CardUse.ONCE;
        }
    }

    Mono<ServerResponse> forSale(ServerRequest request) {
        return ServerResponse.ok().bodyValue(CatalogBody.of(catalogs.current()));
    }

    Mono<ServerResponse> start(ServerRequest request) {
        return request.bodyToMono(Wish.class)
                .flatMap(wish -> start(KeyHolder.account(request), wish))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(CheckoutProblems.noChoice())));
    }

    private Mono<ServerResponse> start(AccountId account, Wish wish) {
        ProblemDetail unclear = unclear(wish);
        if (unclear != null) {
            return ProblemAnswer.of(unclear);
        }
        Visit visit = new Visit(links.returnUrls(account), wish.locale(), wish.cardUse());
        return checkout.start(account, choice(wish), visit).flatMap(result -> switch (result) {
            case StartResult.Started(String url, String sessionId) ->
                ServerResponse.ok().bodyValue(Map.of("url", url, "session_id", sessionId));
            case StartResult.FreePlanBegun(Plan plan) ->
                ServerResponse.ok()
                        .bodyValue(Map.of(
                                "plan", plan.id(), "allowance", plan.allowance().toDecimal()));
            case StartResult refused -> ProblemAnswer.of(CheckoutProblems.of(refused));
        });
    }

    /** Null if the wish is clear. */
    private @Nullable ProblemDetail unclear(Wish wish) {
        if (wish.choices() != 1) {
            return CheckoutProblems.noChoice();
        }
        if (wish.interval() != null && !isInterval(wish.interval())) {
            return CheckoutProblems.invalid("interval", "month or year");
        }
        if (wish.locale() != null && !Visit.isLocale(wish.locale())) {
            return CheckoutProblems.invalid("locale", Visit.LOCALE_ALLOWED);
        }
        CustomAmount custom = catalogs.current().customIn(wish.currencyCode());
        BigDecimal amount = wish.amountMinor();
        return amount == null || custom == null || isWhole(amount)
                ? null
                : CheckoutProblems.outOfBounds(custom.bounds());
    }

    private static Choice choice(Wish wish) {
        if (wish.pack() != null) {
            return new Choice.OfPack(wish.pack(), wish.currencyCode());
        }
        if (wish.plan() != null) {
            Interval interval = wish.interval() == null ? null : Interval.of(wish.interval());
            return new Choice.OfPlan(wish.plan(), interval, wish.currencyCode());
        }
        BigDecimal amount = wish.amountMinor();
        return new Choice.OfAmount(
                amount != null && isWhole(amount) ? amount.longValueExact() : 0, wish.currencyCode());
    }

    private static boolean isInterval(String word) {
        return "month".equalsIgnoreCase(word) || "year".equalsIgnoreCase(word);
    }

    private static boolean isWhole(BigDecimal amount) {
        try {
            amount.longValueExact();
            return true;
        } catch (ArithmeticException fractionOrTooLarge) {
            return false;
        }
    }
}
