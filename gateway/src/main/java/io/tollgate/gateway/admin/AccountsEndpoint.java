package io.tollgate.gateway.admin;

import io.tollgate.gateway.authentication.ApiKeys;
import io.tollgate.gateway.authentication.ApiKeys.IssueResult;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedAccounts.CreateResult;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Accounts and their keys. */
final class AccountsEndpoint {

    private final BookedAccounts accounts;
    private final ApiKeys keys;
    private final Audit audit;

    AccountsEndpoint(BookedAccounts accounts, ApiKeys keys, Audit audit) {
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
    }

    /**
     * An account to be.
     *
     * @param id null for one of ours
     */
    record NewAccount(@Nullable String id, @Nullable String name) {
        static final NewAccount ABSENT = new NewAccount(null, null);
    }

    /** A key to be. */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewKey(@Nullable String name, @Nullable String expiresAt) {
        static final NewKey ABSENT = new NewKey(null, null);
    }

    /** Creates an account with a first key, whose text is never shown again. */
    Mono<ServerResponse> create(ServerRequest request) {
        return Inputs.with(request, NewAccount.class, NewAccount.ABSENT, wanted -> {
            AccountId id = wanted.id() == null ? randomId() : Inputs.account(wanted.id());
            String name = Inputs.name(wanted.name(), id.value());
            return accounts.create(id, name).flatMap(result -> switch (result) {
                case CreateResult.CREATED -> created(id, name);
                case CreateResult.ALREADY_THERE ->
                    ProblemAnswer.of(HttpStatus.CONFLICT, "account_exists", "There is an account of this id already.");
            });
        });
    }

    Mono<ServerResponse> issueKey(ServerRequest request) {
        return Inputs.with(request, NewKey.class, NewKey.ABSENT, wanted -> {
            AccountId account = Inputs.account(request);
            return keys.issue(account, Inputs.name(wanted.name(), "key"), Inputs.instant(wanted.expiresAt()))
                    .flatMap(result -> switch (result) {
                        case IssueResult.Issued(var key, String text) ->
                            audit.record("issue_key", account, Map.of("key", key.id()))
                                    .then(answer(Map.of("id", key.id(), "key", text)));
                        case IssueResult.NoSuchAccount _ -> noSuchAccount();
                        case IssueResult.Taken _ -> throw new IllegalStateException("a random key was taken");
                    });
        });
    }

    Mono<ServerResponse> revokeKey(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            AccountId account = Inputs.account(request);
            return keys.revoke(account, request.pathVariable("key"))
                    .flatMap(key -> audit.record("revoke_key", account, Map.of("key", key.id()))
                            .then(ServerResponse.noContent().build()))
                    .switchIfEmpty(Mono.defer(() ->
                            ProblemAnswer.of(HttpStatus.NOT_FOUND, "no_such_key", "The account has no such key.")));
        }));
    }

    static Mono<ServerResponse> noSuchAccount() {
        return ProblemAnswer.of(HttpStatus.NOT_FOUND, "no_such_account", "There is no such account.");
    }

    private Mono<ServerResponse> created(AccountId id, String name) {
        return keys.issue(id, "first key", null).flatMap(result -> switch (result) {
            case IssueResult.Issued(var key, String text) ->
                audit.record("create_account", id, Map.of("name", name, "key", key.id()))
                        .then(answer(Map.of("id", id.value(), "name", name, "key_id", key.id(), "key", text)));
            case IssueResult.NoSuchAccount _, IssueResult.Taken _ ->
                throw new IllegalStateException("an account that was just created got no key: " + result);
        });
    }

    private static Mono<ServerResponse> answer(Map<String, String> secret) {
        return ServerResponse.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .bodyValue(secret);
    }

    private static AccountId randomId() {
        return new AccountId("acct_" + UUID.randomUUID().toString().replace("-", ""));
    }
}
