package io.tollgate.gateway.authentication.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.gateway.authentication.ApiKey;
import io.tollgate.gateway.authentication.ApiKeys;
import io.tollgate.gateway.authentication.KeyHash;
import io.tollgate.gateway.authentication.KeyText;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresApiKeys implements ApiKeys {

    private static final String INSERT = Sql.beside(PostgresApiKeys.class, "insert");
    private static final String FIND = Sql.beside(PostgresApiKeys.class, "find");
    private static final String OF_ACCOUNT = Sql.beside(PostgresApiKeys.class, "of_account");
    private static final String REVOKE = Sql.beside(PostgresApiKeys.class, "revoke");
    private static final String CHANGED_SINCE = Sql.beside(PostgresApiKeys.class, "changed_since");
    private static final String ACCOUNT_EXISTS = Sql.beside(PostgresApiKeys.class, "account_exists");

    private static final int SHOWN_LENGTH = 8;

    private final DatabaseClient database;

    PostgresApiKeys(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<IssueResult> issue(AccountId account, String name, @Nullable Instant expiresAt) {
        return Mono.fromSupplier(KeyText::random).flatMap(text -> insert(account, name, text, expiresAt));
    }

    @Override
    public Mono<IssueResult> accept(AccountId account, String name, String text) {
        if (!KeyText.canBeForeign(text)) {
            throw new IllegalArgumentException(
                    "a given key is a word of 8 to 200 letters, digits, _ - . that does not begin with tg_");
        }
        return insert(account, name, text, null);
    }

    private Mono<IssueResult> insert(AccountId account, String name, String text, @Nullable Instant expiresAt) {
        return database.sql(INSERT)
                .bind("id", "key_" + UUID.randomUUID().toString().replace("-", ""))
                .bind("account", account.value())
                .bind("hash", KeyHash.of(text).toBytes())
                .bind("name", name)
                .bind("shown", text.substring(0, SHOWN_LENGTH))
                .bind("expiresAt", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, expiresAt))
                .map(PostgresApiKeys::key)
                .one()
                .<IssueResult>map(key -> new IssueResult.Issued(key, text))
                .switchIfEmpty(Mono.defer(() -> whyNot(account)))
                .transform(PostgresFailures::told);
    }

    private Mono<IssueResult> whyNot(AccountId account) {
        return database.sql(ACCOUNT_EXISTS)
                .bind("account", account.value())
                .map(_ -> (IssueResult) new IssueResult.Taken())
                .one()
                .defaultIfEmpty(new IssueResult.NoSuchAccount(account));
    }

    @Override
    public Mono<ApiKey> revoke(AccountId account, String id) {
        return database.sql(REVOKE)
                .bind("account", account.value())
                .bind("id", id)
                .map(PostgresApiKeys::key)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<ApiKey> of(AccountId account) {
        return database.sql(OF_ACCOUNT)
                .bind("account", account.value())
                .map(PostgresApiKeys::key)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<ApiKey> find(KeyHash hash) {
        return database.sql(FIND)
                .bind("hash", hash.toBytes())
                .map(PostgresApiKeys::key)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<KeyHash> changedSince(Instant since) {
        return database.sql(CHANGED_SINCE)
                .bind("since", since)
                .map(row -> hash(requireNonNull(row.get("hash", ByteBuffer.class))))
                .all()
                .transform(PostgresFailures::told);
    }

    private static KeyHash hash(ByteBuffer bytes) {
        byte[] digest = new byte[bytes.remaining()];
        bytes.get(digest);
        return KeyHash.ofBytes(digest);
    }

    private static ApiKey key(Readable row) {
        return new ApiKey(
                requireNonNull(row.get("id", String.class)),
                new AccountId(requireNonNull(row.get("account", String.class))),
                requireNonNull(row.get("name", String.class)),
                requireNonNull(row.get("shown", String.class)),
                requireNonNull(row.get("created_at", Instant.class)),
                row.get("expires_at", Instant.class),
                row.get("revoked_at", Instant.class),
                Set.of(requireNonNull(row.get("groups", String[].class))));
    }
}
