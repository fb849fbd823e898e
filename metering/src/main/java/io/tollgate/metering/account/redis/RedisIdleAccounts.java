package io.tollgate.metering.account.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.IdleAccounts;
import io.tollgate.metering.redis.RedisConnections;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Walks with {@code SCAN}, and asks each account how long it has been idle, which does not count as a use. */
final class RedisIdleAccounts implements IdleAccounts {

    private static final String ALL = "{tg:*}:account:*";
    private static final String BEFORE_ID = ":account:";
    private static final int QUESTIONS_AT_ONCE = 256;

    private final RedisConnections connections;

    RedisIdleAccounts(RedisConnections connections) {
        this.connections = connections;
    }

    @Override
    public Mono<Page> look(String from, int count, Duration idle) {
        ScanArgs accounts = ScanArgs.Builder.matches(ALL).limit(count);
        return connections
                .ask(redis -> redis.scan(ScanCursor.of(from), accounts))
                .flatMap(found ->
                        idle(found, idle).map(ids -> new Page(ids, found.isFinished() ? START : found.getCursor())));
    }

    private Mono<List<AccountId>> idle(KeyScanCursor<byte[]> found, Duration idle) {
        return Flux.fromIterable(found.getKeys())
                .flatMap(
                        key -> connections
                                .ask(redis -> redis.objectIdletime(key))
                                .filter(seconds -> seconds >= idle.toSeconds())
                                .map(seconds -> account(key)),
                        QUESTIONS_AT_ONCE)
                .collectList();
    }

    private static AccountId account(byte[] key) {
        String text = new String(key, US_ASCII);
        return new AccountId(text.substring(text.indexOf(BEFORE_ID) + BEFORE_ID.length()));
    }
}
