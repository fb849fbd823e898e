package io.tollgate.gateway.admin;

import io.tollgate.gateway.admin.Inputs.InvalidException;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Credit from the operator. The idempotency key is required: a repeated request must not give twice. */
final class GrantsEndpoint {

    private final Grants grants;
    private final Courier courier;
    private final Audit audit;

    GrantsEndpoint(Grants grants, Courier courier, Audit audit) {
        this.grants = grants;
        this.courier = courier;
        this.audit = audit;
    }

    /** Credit to be given. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Gift(
            @Nullable String credits,
            @Nullable Integer priority,
            @Nullable String expiresAt) {
        static final Gift ABSENT = new Gift(null, null, null);
    }

    Mono<ServerResponse> give(ServerRequest request) {
        return Inputs.with(request, Gift.class, Gift.ABSENT, gift -> {
            Grant grant = grant(Inputs.account(request), Inputs.causeId(request), gift);
            return grants.give(grant).flatMap(result -> answer(grant, result));
        });
    }

    /** The operator's grant under this cause. */
    static Grant grant(AccountId account, String causeId, Gift gift) {
        Credits amount = Inputs.credits("credits", gift.credits());
        if (amount.isZero()) {
            throw new InvalidException("credits has to be above zero");
        }
        return new Grant(
                account,
                amount,
                Grant.Cause.OPERATOR,
                causeId,
                null,
                gift.priority() == null ? Grant.DEFAULT_PRIORITY : gift.priority(),
                Inputs.instant(gift.expiresAt()));
    }

    private Mono<ServerResponse> answer(Grant grant, GrantResult result) {
        return switch (result) {
            case GrantResult.Given(long number, IssuedCommand command) ->
                courier.push(command)
                        .then(audit.record(
                                "grant",
                                grant.account(),
                                Map.of(
                                        "grant",
                                        Long.toString(number),
                                        "credits",
                                        grant.amount().toDecimal())))
                        .then(ServerResponse.status(HttpStatus.CREATED).bodyValue(Map.of("grant", number)));
            case GrantResult.GivenBefore(long number) -> ServerResponse.ok().bodyValue(Map.of("grant", number));
            case GrantResult.Conflict(String field, String before) -> Inputs.keyReused(field, before);
            case GrantResult.BeyondBound(Credits allowed) -> Inputs.beyondBound(allowed);
            case GrantResult.NoSuchAccount _ -> AccountsEndpoint.noSuchAccount();
        };
    }
}
