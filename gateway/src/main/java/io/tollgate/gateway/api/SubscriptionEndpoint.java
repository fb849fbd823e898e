package io.tollgate.gateway.api;

import io.tollgate.billing.subscription.PlanStanding;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.gateway.balance.Position;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.grant.GrantHistory.GrantedLot;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The plan of the key's account. What is left of its allowance is the live store's word; the rest is the book's. */
final class SubscriptionEndpoint {

    private static final int LOTS_MAX = 1_000;

    private final PlanStandings standings;
    private final Positions positions;
    private final GrantHistory history;

    SubscriptionEndpoint(PlanStandings standings, Positions positions, GrantHistory history) {
        this.standings = standings;
        this.positions = positions;
        this.history = history;
    }

    Mono<ServerResponse> read(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return standings.of(account).flatMap(standing -> answer(account, standing));
    }

    Mono<ServerResponse> answer(AccountId account, PlanStanding standing) {
        return remaining(account)
                .map(left -> SubscriptionBody.of(standing, left))
                .flatMap(body ->
                        ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(body));
    }

    private Mono<Credits> remaining(AccountId account) {
        return positions
                .look(account)
                .zipWith(allowances(account), SubscriptionEndpoint::left)
                .defaultIfEmpty(Credits.ZERO);
    }

    private Mono<Set<Long>> allowances(AccountId account) {
        return history.standing(account, LOTS_MAX)
                .filter(lot -> lot.cause() == Grant.Cause.ALLOWANCE)
                .map(GrantedLot::number)
                .collect(Collectors.toSet());
    }

    private static Credits left(Position position, Set<Long> allowances) {
        return Credits.ofMicros(position.snapshot().lots().stream()
                .filter(lot -> allowances.contains(lot.grant()))
                .map(Lot::remaining)
                .mapToLong(Credits::micros)
                .sum());
    }
}
