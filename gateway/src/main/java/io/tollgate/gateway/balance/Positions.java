package io.tollgate.gateway.balance;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Present positions. */
@Component
public final class Positions {

    private final LiveAccounts live;
    private final AccountLoader loader;
    private final BookedAccounts booked;

    public Positions(LiveAccounts live, AccountLoader loader, BookedAccounts booked) {
        this.live = live;
        this.loader = loader;
        this.booked = booked;
    }

    /** The live store's, loaded from the book where it does not have the account. Empty if there is no such account. */
    public Mono<AccountSnapshot> of(AccountId account) {
        return live.read(account)
                .switchIfEmpty(Mono.defer(() -> loader.load(account).then(live.read(account))));
    }

    /** The same without loading: who only looks puts no idle account in place. Empty if there is no such account. */
    public Mono<Position> look(AccountId account) {
        return live.read(account)
                .map(snapshot -> new Position(snapshot, Position.Source.LIVE))
                .switchIfEmpty(Mono.defer(
                        () -> booked.snapshot(account).map(snapshot -> new Position(snapshot, Position.Source.BOOK))));
    }
}
