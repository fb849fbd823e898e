package io.tollgate.gateway.admin;

import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.command.StateChanges;
import io.tollgate.metering.command.StateChanges.ChangeResult;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets the operator freeze, thaw and close accounts. The idempotency key is required: a late repetition must not undo what followed. */
final class StateEndpoint {

    private final StateChanges changes;
    private final Courier courier;
    private final Audit audit;

    StateEndpoint(StateChanges changes, Courier courier, Audit audit) {
        this.changes = changes;
        this.courier = courier;
        this.audit = audit;
    }

    Mono<ServerResponse> freeze(ServerRequest request) {
        return enter(request, AccountState.FROZEN, "freeze");
    }

    Mono<ServerResponse> thaw(ServerRequest request) {
        return enter(request, AccountState.ACTIVE, "thaw");
    }

    Mono<ServerResponse> close(ServerRequest request) {
        return enter(request, AccountState.CLOSED, "close");
    }

    private Mono<ServerResponse> enter(ServerRequest request, AccountState state, String action) {
        return Inputs.answering(Mono.defer(() -> {
            AccountId account = Inputs.account(request);
            return changes.enter(account, state, "operator:" + Inputs.causeId(request))
                    .flatMap(result -> answer(account, action, result));
        }));
    }

    private Mono<ServerResponse> answer(AccountId account, String action, ChangeResult result) {
        return switch (result) {
            case ChangeResult.Issued(IssuedCommand command) ->
                courier.push(command)
                        .then(audit.record(action, account, Map.of("command", Long.toString(command.number()))))
                        .then(ServerResponse.ok().bodyValue(Map.of("command", command.number())));
            case ChangeResult.Conflict(String field, String before) -> Inputs.keyReused(field, before);
            case ChangeResult.Closed _ ->
                ProblemAnswer.of(HttpStatus.CONFLICT, "account_closed", "The account is closed, for good.");
            case ChangeResult.NoSuchAccount _ -> AccountsEndpoint.noSuchAccount();
        };
    }
}
