package io.tollgate.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.balance.Positions;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader.Loading;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.grant.GrantHistory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class BalanceEndpointTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");

    /** A live store with the account, over a book that is asked and does not answer. */
    private final BalanceEndpoint endpoint = new BalanceEndpoint(
            new Positions(new OneAccount(), _ -> Mono.just(Loading.IN_PLACE), new SilentBook()), new SilentHistory());

    @Test
    void aBookThatDoesNotAnswerDoesNotHoldUpTheBalance() {
        MockServerRequest request = MockServerRequest.builder()
                .attribute(KeyHolder.class.getName() + ".account", ACCOUNT)
                .build();

        Mono<HttpStatusCode> answered = endpoint.read(request).map(ServerResponse::statusCode);

        assertThat(answered.block(Duration.ofSeconds(10))).isEqualTo(HttpStatus.OK);
    }

    private static final class OneAccount implements LiveAccounts {
        @Override
        public Mono<AccountSnapshot> read(AccountId id) {
            return Mono.just(new AccountSnapshot(id, AccountState.ACTIVE, List.of(), 0, 0, 0, ""));
        }

        @Override
        public Mono<Seeding> seed(AccountSnapshot booked, long epoch) {
            return Mono.error(new IllegalStateException("it is there already"));
        }
    }

    private static final class SilentHistory implements GrantHistory {
        @Override
        public Flux<GrantedLot> lots(AccountId account, int limit) {
            return Flux.never();
        }

        @Override
        public Flux<GrantedLot> standing(AccountId account, int limit) {
            return Flux.never();
        }
    }

    private static final class SilentBook implements BookedAccounts {
        @Override
        public Mono<CreateResult> create(AccountId id, String name) {
            return Mono.never();
        }

        @Override
        public Mono<Account> find(AccountId id) {
            return Mono.never();
        }

        @Override
        public Mono<AccountSnapshot> snapshot(AccountId id) {
            return Mono.never();
        }
    }
}
