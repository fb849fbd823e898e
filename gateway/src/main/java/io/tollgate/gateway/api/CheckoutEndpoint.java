package io.tollgate.gateway.api;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.CheckoutProblems;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.account.AccountId;
import java.math.BigDecimal;
import java.util.Map;
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
     * Either a pack or an amount.
     *
     * @param amountMinor whole minor units; a decimal type, since JSON's numbers would lose their fraction silently in any other
     * @param currency may be left out
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Wish(
            @Nullable String pack,
            @Nullable BigDecimal amountMinor,
            @Nullable String currency) {}

    Mono<ServerResponse> forSale(ServerRequest request) {
        return ServerResponse.ok().bodyValue(CatalogBody.of(catalogs.current()));
    }

    Mono<ServerResponse> start(ServerRequest request) {
        return request.bodyToMono(Wish.class)
                .flatMap(wish -> start(KeyHolder.account(request), wish))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(CheckoutProblems.noChoice())));
    }

    private Mono<ServerResponse> start(AccountId account, Wish wish) {
        Choice choice = choice(wish);
        if (choice == null) {
            return ProblemAnswer.of(unclear(wish));
        }
        return checkout.start(account, choice, links.returnUrls(account)).flatMap(result -> switch (result) {
            case StartResult.Started(String url, String sessionId) ->
                ServerResponse.ok().bodyValue(Map.of("url", url, "session_id", sessionId));
            case StartResult refused -> ProblemAnswer.of(CheckoutProblems.of(refused));
        });
    }

    /** Null if the wish is for both, for nothing, or for an amount of no minor unit of the catalog's currency. */
    private @Nullable Choice choice(Wish wish) {
        if (wish.pack() != null) {
            return wish.amountMinor() == null ? new Choice.OfPack(wish.pack()) : null;
        }
        CustomAmount custom = catalogs.current().customIn(null);
        BigDecimal amount = wish.amountMinor();
        if (amount == null) {
            return null;
        }
        if (custom == null) {
            return new Choice.OfAmount(0);
        }
        boolean currencyFits = wish.currency() == null
                || wish.currency().equalsIgnoreCase(custom.bounds().currency());
        return currencyFits && isWhole(amount) ? new Choice.OfAmount(amount.longValueExact()) : null;
    }

    private static boolean isWhole(BigDecimal amount) {
        try {
            amount.longValueExact();
            return true;
        } catch (ArithmeticException fractionOrTooLarge) {
            return false;
        }
    }

    private ProblemDetail unclear(Wish wish) {
        CustomAmount custom = catalogs.current().customIn(null);
        return wish.pack() == null && wish.amountMinor() != null && custom != null
                ? CheckoutProblems.outOfBounds(custom.bounds())
                : CheckoutProblems.noChoice();
    }
}
