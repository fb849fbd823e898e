package io.tollgate.gateway.api;

import static io.tollgate.gateway.problem.ProblemAnswer.problem;

import io.tollgate.billing.autotopup.SaveResult;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.gateway.topup.CheckoutProblems;
import io.tollgate.gateway.topup.MoneyText;
import io.tollgate.metering.ledger.Money;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Why an automatic top-up could not be switched on. */
final class AutoTopUpProblems {

    private AutoTopUpProblems() {}

    /** Only for results that did not save anything. */
    static ProblemDetail of(SaveResult result) {
        return switch (result) {
            case SaveResult.Saved _ -> throw new IllegalArgumentException("what is saved is no problem");
            case SaveResult.NotForSale(Quote quote) -> notForSale(quote);
            case SaveResult.CapBelowPrice(Money price) ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "cap_below_price",
                        "With this monthly_cap_minor nothing would ever be bought: one top-up costs "
                                + MoneyText.format(price) + ".");
            case SaveResult.NoCard _ ->
                problem(
                        HttpStatus.CONFLICT,
                        "no_saved_card",
                        "A card has to be saved first: POST /api/auto-top-up/setup answers the page where.");
            case SaveResult.UnknownCard _ ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unknown_payment_method",
                        "The account has saved no such card. Leave payment_method out to use the one saved last.");
            case SaveResult.StripeUnavailable _ -> stripeUnavailable();
        };
    }

    private static ProblemDetail notForSale(Quote quote) {
        return switch (quote) {
            case Quote.UnknownPack _ -> CheckoutProblems.of(new StartResult.UnknownPack());
            case Quote.NoCustomAmounts _ -> CheckoutProblems.of(new StartResult.NoCustomAmounts());
            case Quote.AmountOutOfBounds(var bounds) -> CheckoutProblems.outOfBounds(bounds);
            case Quote.UnknownCurrency(var there) -> CheckoutProblems.of(new StartResult.UnknownCurrency(there));
            case Quote.Priced _, Quote.OfPlan _, Quote.UnknownPlan _, Quote.UnknownInterval _ ->
                throw new IllegalStateException("neither a pack nor an amount: " + quote);
        };
    }

    static ProblemDetail invalid(String param, String message) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid_request", message);
        problem.setProperty("param", param);
        return problem;
    }

    static ProblemDetail stripeUnavailable() {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "stripe_unavailable",
                "Stripe does not answer right now. Nothing was changed; try again in a minute.");
    }

    static ProblemDetail stripeRefused() {
        return CheckoutProblems.of(new StartResult.StripeRefused(""));
    }

    static ProblemDetail notConfigured() {
        return CheckoutProblems.of(new StartResult.NotConfigured());
    }
}
