package io.tollgate.gateway.api;

import io.tollgate.billing.autotopup.AutoTopUpDesk;
import io.tollgate.billing.autotopup.SaveResult;
import io.tollgate.billing.autotopup.SavedCards.SetupResult;
import io.tollgate.billing.autotopup.Standing;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What the key's account wants bought by itself, and the card for it. */
final class AutoTopUpEndpoint {

    private static final Pattern PAYMENT_METHOD = Pattern.compile("pm_[A-Za-z0-9_]{1,200}");
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    private final AutoTopUpDesk desk;
    private final URI publicUrl;

    AutoTopUpEndpoint(AutoTopUpDesk desk, URI publicUrl) {
        this.desk = desk;
        this.publicUrl = publicUrl;
    }

    /**
     * What a client asks for; amounts are a decimal type, since JSON's numbers would lose their fraction silently in any other.
     *
     * @param threshold a decimal in a text
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Asked(
            @Nullable Boolean enabled,
            @Nullable String threshold,
            @Nullable String pack,
            @Nullable BigDecimal amountMinor,
            @Nullable String currency,
            @Nullable BigDecimal monthlyCapMinor,
            @Nullable String paymentMethod) {}

    Mono<ServerResponse> read(ServerRequest request) {
        return desk.standing(KeyHolder.account(request)).flatMap(AutoTopUpEndpoint::ok);
    }

    Mono<ServerResponse> setup(ServerRequest request) {
        return desk.setup(KeyHolder.account(request), publicUrl).flatMap(result -> switch (result) {
            case SetupResult.Started(String url, String sessionId) ->
                ServerResponse.ok().bodyValue(Map.of("url", url, "session_id", sessionId));
            case SetupResult.StripeUnavailable _ -> ProblemAnswer.of(AutoTopUpProblems.stripeUnavailable());
            case SetupResult.Refused _ -> ProblemAnswer.of(AutoTopUpProblems.stripeRefused());
            case SetupResult.NotConfigured _ -> ProblemAnswer.of(AutoTopUpProblems.notConfigured());
        });
    }

    Mono<ServerResponse> put(ServerRequest request) {
        return request.bodyToMono(Asked.class)
                .flatMap(asked -> put(KeyHolder.account(request), asked))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(AutoTopUpProblems.invalid(
                        "enabled", "The body has to be a JSON object with enabled: true or false."))));
    }

    private Mono<ServerResponse> put(AccountId account, Asked asked) {
        Boolean enabled = asked.enabled();
        if (enabled == null) {
            return ProblemAnswer.of(AutoTopUpProblems.invalid("enabled", "enabled has to be true or false."));
        }
        if (!enabled) {
            return desk.switchOff(account).flatMap(AutoTopUpEndpoint::answer);
        }
        ProblemDetail wrong = whatIsWrong(asked);
        return wrong != null
                ? ProblemAnswer.of(wrong)
                : desk.switchOn(account, wish(asked)).flatMap(AutoTopUpEndpoint::answer);
    }

    private static @Nullable ProblemDetail whatIsWrong(Asked asked) {
        if (asked.threshold() == null || credits(asked.threshold()) == null) {
            return AutoTopUpProblems.invalid(
                    "threshold", "threshold has to be an amount of credit of 0 or more, as a text: \"5\" or \"0.5\".");
        }
        if ((asked.pack() == null) == (asked.amountMinor() == null)) {
            return AutoTopUpProblems.invalid("pack", "Either pack or amount_minor says what is bought.");
        }
        if (asked.amountMinor() != null && whole(asked.amountMinor()) == null) {
            return AutoTopUpProblems.invalid("amount_minor", "amount_minor has to be a whole number above 0.");
        }
        if (asked.monthlyCapMinor() == null || whole(asked.monthlyCapMinor()) == null) {
            return AutoTopUpProblems.invalid(
                    "monthly_cap_minor",
                    "monthly_cap_minor has to be a whole number above 0: the most that is charged in a calendar month.");
        }
        if (asked.currency() != null && !CURRENCY.matcher(asked.currency()).matches()) {
            return AutoTopUpProblems.invalid("currency", "currency has to be of three small letters, or left out.");
        }
        if (asked.paymentMethod() != null
                && !PAYMENT_METHOD.matcher(asked.paymentMethod()).matches()) {
            return AutoTopUpProblems.invalid(
                    "payment_method", "payment_method has to be the id of a saved card (pm_…), or left out.");
        }
        return null;
    }

    /** Only for what nothing is wrong with. */
    private static AutoTopUpDesk.Wish wish(Asked asked) {
        Credits threshold = credits(asked.threshold());
        Long cap = whole(asked.monthlyCapMinor());
        Long amount = whole(asked.amountMinor());
        String pack = asked.pack();
        if (threshold == null || cap == null || (pack == null && amount == null)) {
            throw new IllegalStateException("not checked: " + asked);
        }
        Choice choice = amount == null
                ? new Choice.OfPack(String.valueOf(pack), asked.currency())
                : new Choice.OfAmount(amount, asked.currency());
        return new AutoTopUpDesk.Wish(threshold, choice, cap, asked.paymentMethod());
    }

    private static @Nullable Credits credits(@Nullable String text) {
        try {
            return text == null ? null : Credits.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Long whole(@Nullable BigDecimal number) {
        try {
            return number == null || number.signum() <= 0 ? null : Long.valueOf(number.longValueExact());
        } catch (ArithmeticException fractionOrTooLarge) {
            return null;
        }
    }

    private static Mono<ServerResponse> answer(SaveResult result) {
        return switch (result) {
            case SaveResult.Saved(Standing standing) -> ok(standing);
            case SaveResult refused -> ProblemAnswer.of(AutoTopUpProblems.of(refused));
        };
    }

    private static Mono<ServerResponse> ok(Standing standing) {
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(AutoTopUpBody.of(standing));
    }
}
