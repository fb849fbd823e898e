package io.tollgate.gateway.api;

import io.tollgate.gateway.balance.BalanceBody;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.grant.GrantHistory.GrantedLot;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The present position of the key's account. The amounts are the live store's; the book only says where the lots came from, and
 * speaks for an account that is not in use.
 */
final class BalanceEndpoint {

    private static final int ORIGINS_MAX = 1_000;
    private static final Duration ORIGINS_WAIT = Duration.ofSeconds(2);

    private final Positions positions;
    private final GrantHistory history;

    BalanceEndpoint(Positions positions, GrantHistory history) {
        this.positions = positions;
        this.history = history;
    }

    Mono<ServerResponse> read(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return positions
                .look(account)
                .zipWith(origins(account), BalanceBody::of)
                .flatMap(balance ->
                        ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(balance))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(
                        HttpStatus.NOT_FOUND, "no_such_account", "The key's account is not there any more.")));
    }

    /** What the book cannot tell in time is left out: it is no part of the position. */
    private Mono<Map<Long, GrantedLot>> origins(AccountId account) {
        return history.standing(account, ORIGINS_MAX)
                .collectMap(GrantedLot::number)
                .timeout(ORIGINS_WAIT, Mono.just(Map.of()))
                .onErrorReturn(StoreUnavailableException.class, Map.of());
    }
}
