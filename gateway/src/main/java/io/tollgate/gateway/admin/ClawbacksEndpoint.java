package io.tollgate.gateway.admin;

import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Credit that the operator takes back. The idempotency key is required: a repeated request must not take twice. */
final class ClawbacksEndpoint {

    private final Clawbacks clawbacks;
    private final Courier courier;
    private final Audit audit;

    ClawbacksEndpoint(Clawbacks clawbacks, Courier courier, Audit audit) {
        this.clawbacks = clawbacks;
        this.courier = courier;
        this.audit = audit;
    }

    /** How much to take back of which grant. */
    record Taking(@Nullable BigDecimal grant, @Nullable String credits) {
        static final Taking ABSENT = new Taking(null, null);
    }

    private record Wanted(AccountId account, long grant, Credits amount) {}

    Mono<ServerResponse> take(ServerRequest request) {
        return Inputs.with(request, Taking.class, Taking.ABSENT, taking -> {
            Wanted wanted = new Wanted(
                    Inputs.account(request),
                    Inputs.whole("grant", taking.grant(), 1, Long.MAX_VALUE),
                    Inputs.credits("credits", taking.credits()));
            return clawbacks
                    .take(wanted.account(), Inputs.causeId(request), wanted.grant(), wanted.amount())
                    .flatMap(result -> answer(wanted, result));
        });
    }

    private Mono<ServerResponse> answer(Wanted wanted, ClawbackResult result) {
        return switch (result) {
            case ClawbackResult.Taken(long number, IssuedCommand command) ->
                courier.push(command)
                        .then(audit.record("clawback", wanted.account(), detail(wanted, number)))
                        .then(ServerResponse.status(HttpStatus.CREATED).bodyValue(Map.of("clawback", number)));
            case ClawbackResult.TakenBefore(long number) -> ServerResponse.ok().bodyValue(Map.of("clawback", number));
            case ClawbackResult.Conflict(String field, String before) -> Inputs.keyReused(field, before);
            case ClawbackResult.Invalid(String field, String allowed) -> Inputs.invalid(field, allowed);
            case ClawbackResult.BeyondGrant(Credits allowed) ->
                ProblemAnswer.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "beyond_grant",
                        "Of grant " + wanted.grant() + " at most " + allowed + " credits more can be taken back.");
            case ClawbackResult.NoSuchGrant(long grant) ->
                ProblemAnswer.of(HttpStatus.NOT_FOUND, "no_such_grant", "The account has no grant " + grant + ".");
            case ClawbackResult.NoSuchAccount _ -> AccountsEndpoint.noSuchAccount();
        };
    }

    private static Map<String, String> detail(Wanted wanted, long number) {
        return Map.of(
                "clawback",
                Long.toString(number),
                "grant",
                Long.toString(wanted.grant()),
                "credits",
                wanted.amount().toDecimal());
    }
}
