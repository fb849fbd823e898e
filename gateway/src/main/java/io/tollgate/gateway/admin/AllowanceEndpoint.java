package io.tollgate.gateway.admin;

import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Allowances.ReplaceResult;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An account's allowance, replaced by the operator. The idempotency key names the period: once each. */
final class AllowanceEndpoint {

    private final Allowances allowances;
    private final Courier courier;
    private final Audit audit;

    AllowanceEndpoint(Allowances allowances, Courier courier, Audit audit) {
        this.allowances = allowances;
        this.courier = courier;
        this.audit = audit;
    }

    /** An allowance to be. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Period(
            @Nullable String credits,
            @Nullable String rollover,
            @Nullable BigDecimal priority,
            @Nullable String expiresAt) {
        static final Period ABSENT = new Period(null, null, null, null);
    }

    Mono<ServerResponse> replace(ServerRequest request) {
        return Inputs.with(request, Period.class, Period.ABSENT, period -> {
            Allowance allowance = new Allowance(
                    Inputs.account(request),
                    Inputs.causeId(request),
                    Inputs.credits("credits", period.credits()),
                    period.rollover() == null ? Credits.ZERO : Inputs.credits("rollover", period.rollover()),
                    priority(period),
                    Inputs.instant(period.expiresAt()));
            return allowances.replace(allowance).flatMap(result -> answer(allowance, result));
        });
    }

    private static int priority(Period period) {
        return period.priority() == null
                ? Allowance.DEFAULT_PRIORITY
                : (int) Inputs.whole("priority", period.priority(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private Mono<ServerResponse> answer(Allowance allowance, ReplaceResult result) {
        return switch (result) {
            case ReplaceResult.Replaced(long number, IssuedCommand command) ->
                courier.push(command)
                        .then(audit.record("replace_allowance", allowance.account(), detail(allowance, number)))
                        .then(ServerResponse.status(HttpStatus.CREATED).bodyValue(Map.of("grant", number)));
            case ReplaceResult.ReplacedBefore(long number) ->
                ServerResponse.ok().bodyValue(Map.of("grant", number));
            case ReplaceResult.Conflict(String field, String before) -> Inputs.keyReused(field, before);
            case ReplaceResult.Invalid(String field, String allowed) -> Inputs.invalid(field, allowed);
            case ReplaceResult.BeyondBound(Credits allowed) -> Inputs.beyondBound(allowed);
            case ReplaceResult.NoSuchAccount _ -> AccountsEndpoint.noSuchAccount();
        };
    }

    private static Map<String, String> detail(Allowance allowance, long number) {
        return Map.of(
                "grant",
                Long.toString(number),
                "credits",
                allowance.amount().toDecimal(),
                "rollover",
                allowance.rollover().toDecimal());
    }
}
