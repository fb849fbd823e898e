package io.tollgate.gateway.console;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.gateway.console.TopUpPage.Attempt;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.CheckoutProblems;
import io.tollgate.gateway.topup.MoneyText;
import io.tollgate.gateway.topup.TokenCheck;
import io.tollgate.gateway.topup.TokenCheck.Valid;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.store.StoreUnavailableException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;

/** The page behind {@code top_up_url} and the way from it to Stripe. */
final class TopUpPages {

    private final TopUpLinks links;
    private final Catalogs catalogs;
    private final Checkout checkout;
    private final Positions positions;

    TopUpPages(TopUpLinks links, Catalogs catalogs, Checkout checkout, Positions positions) {
        this.links = links;
        this.catalogs = catalogs;
        this.checkout = checkout;
        this.positions = positions;
    }

    Mono<ServerResponse> show(ServerRequest request) {
        return switch (links.check(token(request))) {
            case Valid valid ->
                page(valid, HttpStatus.OK, request.queryParam("currency").orElse(null), Attempt.NONE);
            case TokenCheck refused -> Answer.refuse(refused, request);
        };
    }

    Mono<ServerResponse> pay(ServerRequest request) {
        return switch (links.check(token(request))) {
            case Valid valid -> form(request).flatMap(form -> pay(valid, form, request));
            case TokenCheck refused -> Answer.refuse(refused, request);
        };
    }

    /** Shown to whoever chose a plan that costs nothing. */
    Mono<ServerResponse> begun(ServerRequest request) {
        return switch (links.check(token(request))) {
            case Valid _ ->
                Answer.page(
                        HttpStatus.OK,
                        new Answer.Message(
                                "Your plan has begun",
                                "Nothing is charged for it. Its credit arrives in a moment.",
                                "../" + token(request)));
            case TokenCheck refused -> Answer.refuse(refused, request);
        };
    }

    /** Shown to whoever left Stripe's page, even when the link has expired meanwhile. */
    Mono<ServerResponse> cancelled(ServerRequest request) {
        TokenCheck pay = links.check(token(request));
        if (pay instanceof TokenCheck.Tampered && links.checkOrder(token(request)) instanceof TokenCheck.Tampered) {
            return Answer.refuse(pay, request);
        }
        String back = pay instanceof Valid ? "../" + token(request) : null;
        return Answer.page(
                HttpStatus.OK,
                new Answer.Message("Nothing was charged", "You left the payment before it was made.", back));
    }

    private Mono<ServerResponse> pay(Valid valid, MultiValueMap<String, String> form, ServerRequest request) {
        Choice choice = choice(form);
        if (choice == null) {
            return again(valid, form, unreadable(form), request);
        }
        return checkout.start(valid.account(), choice, links.returnUrls(valid.account(), token(request)))
                .flatMap(result -> switch (result) {
                    case StartResult.Started started ->
                        ServerResponse.seeOther(URI.create(started.url())).build();
                    case StartResult.FreePlanBegun _ ->
                        ServerResponse.seeOther(URI.create(token(request) + "/begun"))
                                .build();
                    case StartResult refused -> again(valid, form, CheckoutProblems.of(refused), request);
                });
    }

    // The decoder's own complaint about a broken escape would count as ours.
    private static Mono<MultiValueMap<String, String>> form(ServerRequest request) {
        return request.formData()
                .onErrorMap(
                        IllegalArgumentException.class,
                        broken -> new ServerWebInputException("The form is not properly encoded."));
    }

    /** Null if the form names neither a pack nor an amount that can be read. */
    private @Nullable Choice choice(MultiValueMap<String, String> form) {
        String currency = form.getFirst("currency");
        String pack = form.getFirst("pack");
        if (pack != null) {
            return new Choice.OfPack(pack, currency);
        }
        String plan = form.getFirst("plan");
        if (plan != null) {
            return plan(plan, currency);
        }
        String amount = form.getFirst("amount");
        CustomAmount custom = catalogs.current().customIn(currency);
        if (amount == null || custom == null) {
            return null;
        }
        OptionalLong minor = MoneyText.parseMinor(amount, custom.bounds().currency());
        return minor.isPresent() ? new Choice.OfAmount(minor.getAsLong(), currency) : null;
    }

    /** As the page's buttons have it: {@code pro/month}, or {@code free}. */
    private static @Nullable Choice plan(String chosen, @Nullable String currency) {
        String[] parts = chosen.split("/", 2);
        if (parts.length == 1) {
            return new Choice.OfPlan(chosen);
        }
        return switch (parts[1]) {
            case "month" -> new Choice.OfPlan(parts[0], Interval.MONTH, currency);
            case "year" -> new Choice.OfPlan(parts[0], Interval.YEAR, currency);
            default -> null;
        };
    }

    private ProblemDetail unreadable(MultiValueMap<String, String> form) {
        CustomAmount custom = catalogs.current().customIn(form.getFirst("currency"));
        return form.getFirst("amount") != null && custom != null
                ? CheckoutProblems.outOfBounds(custom.bounds())
                : CheckoutProblems.noChoice();
    }

    private Mono<ServerResponse> again(
            Valid valid, MultiValueMap<String, String> form, ProblemDetail problem, ServerRequest request) {
        if (Answer.isForProgram(request)) {
            return ProblemAnswer.of(problem);
        }
        String entered = form.getFirst("amount");
        boolean aboutAmount = entered != null && problem.getStatus() == HttpStatus.UNPROCESSABLE_CONTENT.value();
        Attempt last = aboutAmount
                ? new Attempt(entered, Answer.text(problem), null)
                : new Attempt(entered, null, Answer.text(problem));
        ProblemAnswer.retryAfter(problem, request.exchange().getResponse().getHeaders());
        return page(valid, HttpStatusCode.valueOf(problem.getStatus()), form.getFirst("currency"), last);
    }

    // Paying has to work while the live store does not: the balance is left out then.
    private Mono<ServerResponse> page(Valid valid, HttpStatusCode status, @Nullable String currency, Attempt last) {
        return positions
                .of(valid.account())
                .map(snapshot -> Optional.of(snapshot.balance().spendable()))
                .onErrorResume(StoreUnavailableException.class, _ -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty())
                .map(available ->
                        TopUpPage.of(catalogs.current(), currency, available.orElse(null), valid.expiresAt(), last))
                .flatMap(page -> ServerResponse.status(status).render("console/top-up", Map.of("page", page)));
    }

    private static String token(ServerRequest request) {
        return request.pathVariable("token");
    }
}
