package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.Columns.longs;
import static io.tollgate.metering.postgres.Columns.texts;

import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.UsageRollups.UsageRollup;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Adds a batch's sums to those that are there. */
final class RollupRows {

    private static final String ADD = Sql.beside(RollupRows.class, "add_rollups");

    private final DatabaseClient database;

    RollupRows(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> add(List<UsageRollup> rollups) {
        return database.sql(ADD)
                .bind(
                        "accounts",
                        texts(rollups, rollup -> rollup.key().account().value()))
                .bind("slots", longs(rollups, rollup -> rollup.key().slotSeconds()))
                .bind("routes", texts(rollups, rollup -> rollup.key().route()))
                .bind("models", texts(rollups, rollup -> rollup.key().model()))
                .bind("apiKeys", texts(rollups, rollup -> rollup.key().apiKey()))
                .bind("settled", longs(rollups, UsageRollup::settled))
                .bind("givenBack", longs(rollups, UsageRollup::givenBack))
                .bind("charged", longs(rollups, UsageRollup::chargedMicros))
                .bind("uncollected", longs(rollups, UsageRollup::uncollectedMicros))
                .bind("input", longs(rollups, rollup -> rollup.tokens().input()))
                .bind("cacheRead", longs(rollups, rollup -> rollup.tokens().cacheRead()))
                .bind("cacheWrite", longs(rollups, rollup -> rollup.tokens().cacheWrite()))
                .bind("output", longs(rollups, rollup -> rollup.tokens().output()))
                .bind("reasoning", longs(rollups, rollup -> rollup.tokens().reasoning()))
                .then();
    }
}
