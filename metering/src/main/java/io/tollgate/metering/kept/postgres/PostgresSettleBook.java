package io.tollgate.metering.kept.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.kept.KeptSettle;
import io.tollgate.metering.kept.SettleBook;
import io.tollgate.metering.postgres.HoldDay;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.EventPosition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresSettleBook implements SettleBook {

    private static final String BOOKED = Sql.beside(PostgresSettleBook.class, "booked");
    private static final String KNOWN = Sql.beside(PostgresSettleBook.class, "known");
    private static final String NOTE_RESENT = Sql.beside(PostgresSettleBook.class, "note_resent");

    private final DatabaseClient database;

    PostgresSettleBook(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Map<Partition, Booked>> booked(Collection<Partition> partitions) {
        return Mono.defer(() -> database.sql(BOOKED)
                        .bind(
                                "partitions",
                                partitions.stream().map(Partition::number).toArray(Integer[]::new))
                        .map(row -> Map.entry(
                                new Partition(requireNonNull(row.get("partition", Integer.class))), booked(row)))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Set<HoldId>> known(Collection<KeptSettle> settles) {
        return Mono.defer(() -> {
                    List<KeptSettle> all = List.copyOf(settles);
                    return database.sql(KNOWN)
                            .bind(
                                    "days",
                                    all.stream()
                                            .map(kept -> HoldDay.of(kept.hold().value()))
                                            .toArray(Integer[]::new))
                            .bind(
                                    "holds",
                                    all.stream()
                                            .map(kept -> kept.hold().value())
                                            .toArray(UUID[]::new))
                            .bind(
                                    "accounts",
                                    all.stream()
                                            .map(kept -> kept.account().value())
                                            .toArray(String[]::new))
                            .map(row -> new HoldId(requireNonNull(row.get("hold", UUID.class))))
                            .all()
                            .collectList()
                            .map(found -> Set.copyOf(found));
                })
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> noteResent(Partition partition, long acknowledgedEpoch, long settles) {
        return database.sql(NOTE_RESENT)
                .bind("partition", partition.number())
                .bind("acknowledged", acknowledgedEpoch)
                .bind("settles", settles)
                .then()
                .transform(PostgresFailures::told);
    }

    private static Booked booked(Readable row) {
        return new Booked(
                requireNonNull(row.get("open_epoch", Long.class)),
                new EventPosition(
                        requireNonNull(row.get("booked_epoch", Long.class)),
                        requireNonNull(row.get("booked_number", Long.class))));
    }
}
