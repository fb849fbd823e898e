package io.tollgate.metering.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KillArgs;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.RawRedis;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

class RedisFailuresTest {

    @Test
    void aRedisThatDoesNotAnswerInTimeIsUnavailable() {
        String uri = SharedStores.instance().redis().freshUri();
        try (RawRedis raw = new RawRedis(uri);
                RedisLiveStore store = new RedisLiveStore(uri, new FakeBook(), Duration.ofMillis(200))) {
            Calls calls = new Calls(store);
            calls.credit(1_000);
            raw.redis().clientPause(800);

            assertThatThrownBy(() -> calls.hold(Calls.newHold(), 1)).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void aConnectionThatBreaksIsMadeAgain() {
        String uri = SharedStores.instance().redis().freshUri();
        try (RawRedis raw = new RawRedis(uri);
                RedisLiveStore store = new RedisLiveStore(uri, new FakeBook())) {
            Calls calls = new Calls(store);
            calls.credit(1_000);
            raw.redis().clientKill(KillArgs.Builder.skipme());

            HoldResult result = Await.value(Mono.defer(() -> store.reservations()
                            .hold(new HoldRequest(calls.account, Calls.newHold(), Credits.ofMicros(1), Calls.TTL)))
                    .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(50))
                            .filter(StoreUnavailableException.class::isInstance)));

            assertThat(result).isInstanceOf(HoldResult.Held.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "cut", "fraction", "nothing", "number", "table"})
    void aReplyThatCannotBeReadFailsItsCallAndNoOther(String kind) {
        try (RedisLiveStore store =
                new RedisLiveStore(SharedStores.instance().redis().freshUri(), new FakeBook())) {
            RedisConnections connections = store.bean(RedisConnections.class);
            LuaScript script = LuaScript.of("redis/unreadable");

            List<Throwable> failures = Await.value(Flux.range(0, 8)
                    .flatMap(i -> connections
                            .run(script, new ScriptArguments(0).ascii(i % 2 == 0 ? kind : "fine"))
                            .flatMap(reply -> Mono.<Throwable>empty())
                            .onErrorResume(Mono::just))
                    .collectList());

            assertThat(failures)
                    .hasSize(4)
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("redis/unreadable")
                            .hasMessageContaining("UNREADABLE"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOADING Redis is loading", "TRYAGAIN", "OOM command not allowed", "READONLY You can't"})
    void whatPassesIsUnavailable(String error) {
        assertThat(RedisFailures.ofReply("hold", error)).isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERR user_script:1: boom", "WRONGTYPE Operation", "NOPERM no"})
    void whatDoesNotPassIsOurBug(String error) {
        assertThat(RedisFailures.ofReply("hold", error)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
    void aRedisThatEvictsIsRefused(String policy) {
        assertThatThrownBy(() -> EvictionCheck.refuseEviction("used_memory:1\r\nmaxmemory_policy:" + policy + "\r\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("noeviction")
                .hasMessageContaining(policy);
    }

    @Test
    void aRedisThatKeepsItsKeysIsTaken() {
        assertThatCode(() -> EvictionCheck.refuseEviction("maxmemory_policy:noeviction\r\n"))
                .doesNotThrowAnyException();
    }

    @Test
    void settingsNeverShowThePassword() {
        assertThat(RedisSettings.at("redis://user:s3cret@localhost:6379/1").toString())
                .doesNotContain("s3cret");
    }
}
