package io.tollgate.gateway.admin;

import io.tollgate.gateway.admin.GrantsEndpoint.Gift;
import io.tollgate.gateway.admin.Inputs.InvalidException;
import io.tollgate.gateway.authentication.ApiKeys;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Accounts in bulk with given keys, for benchmarks whose keys are fixed. Off unless switched on: a key that somebody else made is as
 * secret as they keep it. Sending the same again changes nothing.
 */
final class BulkEndpoint {

    private static final int AT_ONCE = 8;

    private final AdminSettings settings;
    private final BookedAccounts accounts;
    private final ApiKeys keys;
    private final Grants grants;
    private final Courier courier;

    BulkEndpoint(AdminSettings settings, BookedAccounts accounts, ApiKeys keys, Grants grants, Courier courier) {
        this.settings = settings;
        this.accounts = accounts;
        this.keys = keys;
        this.grants = grants;
        this.courier = courier;
    }

    /** An account to be, with its key and credit. */
    record Wanted(
            @Nullable String id,
            @Nullable String key,
            @Nullable String credits) {}

    /** Accounts to be. */
    record Bulk(@Nullable List<@Nullable Wanted> accounts) {
        static final Bulk ABSENT = new Bulk(null);
    }

    Mono<ServerResponse> create(ServerRequest request) {
        if (!settings.bulkCreation()) {
            return ProblemAnswer.of(
                    HttpStatus.FORBIDDEN,
                    "bulk_creation_off",
                    "Accounts can be created in bulk only with tollgate.admin.bulk-creation=true.");
        }
        return Inputs.with(request, Bulk.class, Bulk.ABSENT, bulk -> {
            List<@Nullable Wanted> wanted = bulk.accounts();
            if (wanted == null || wanted.isEmpty() || wanted.size() > settings.bulkMax()) {
                throw new InvalidException("accounts has to be a list of 1 to " + settings.bulkMax());
            }
            return Flux.fromIterable(wanted)
                    .flatMap(this::create, AT_ONCE)
                    .count()
                    .flatMap(count -> ServerResponse.ok().bodyValue(Map.of("accounts", count)));
        });
    }

    private Mono<AccountId> create(@Nullable Wanted wanted) {
        if (wanted == null || wanted.id() == null || wanted.key() == null) {
            throw new InvalidException("each account needs id, key and credits");
        }
        AccountId id = Inputs.account(wanted.id());
        String key = wanted.key();
        return accounts.create(id, id.value())
                .then(Mono.defer(() -> keys.accept(id, "bulk", key)))
                .onErrorMap(IllegalArgumentException.class, e -> new InvalidException(String.valueOf(e.getMessage())))
                .then(Mono.defer(() -> grants.give(
                        GrantsEndpoint.grant(id, Inputs.causeId(id, "bulk"), new Gift(wanted.credits(), null, null)))))
                .flatMap(this::push)
                .thenReturn(id);
    }

    private Mono<Void> push(GrantResult result) {
        return result instanceof GrantResult.Given given ? courier.push(given.command()) : Mono.empty();
    }
}
