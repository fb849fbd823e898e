package io.tollgate.gateway.admin;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedAccounts.Account;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.grant.GrantHistory.GrantedLot;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One account, from both stores side by side. */
final class PositionEndpoint {

    private static final int ORIGINS_MAX = 1_000;

    private final BookedAccounts booked;
    private final LiveAccounts live;
    private final GrantHistory history;

    PositionEndpoint(BookedAccounts booked, LiveAccounts live, GrantHistory history) {
        this.booked = booked;
        this.live = live;
        this.history = history;
    }

    Mono<ServerResponse> read(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            AccountId id = Inputs.account(request);
            return booked.find(id)
                    .flatMap(this::compare)
                    .flatMap(body -> ServerResponse.ok().bodyValue(body))
                    .switchIfEmpty(Mono.defer(AccountsEndpoint::noSuchAccount));
        }));
    }

    private Mono<AccountBody> compare(Account account) {
        Mono<Optional<AccountSnapshot>> present =
                live.read(account.id()).map(Optional::of).defaultIfEmpty(Optional.empty());
        Mono<Map<Long, GrantedLot>> origins =
                history.lots(account.id(), ORIGINS_MAX).collectMap(GrantedLot::number);
        return Mono.zip(booked.snapshot(account.id()), present, origins)
                .map(all -> AccountBody.of(account, all.getT1(), all.getT2(), all.getT3()));
    }
}
