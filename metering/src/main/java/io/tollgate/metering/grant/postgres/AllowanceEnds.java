package io.tollgate.metering.grant.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.grant.Allowances.EndResult;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Ends of allowances, under the lock of their account: once per cause. */
final class AllowanceEnds {

    private static final String CONSIDER = Sql.beside(AllowanceEnds.class, "consider_end");
    private static final String INSERT = Sql.beside(AllowanceEnds.class, "insert_end");

    private final DatabaseClient database;
    private final StandingAllowances standing;
    private final Commands commands;

    AllowanceEnds(DatabaseClient database, StandingAllowances standing, Commands commands) {
        this.database = database;
        this.standing = standing;
        this.commands = commands;
    }

    /** Whose allowances the cause has ended already. */
    private record Before(@Nullable AccountId account) {

        static Before of(Readable row) {
            return new Before(
                    row.get("number", Long.class) == null
                            ? null
                            : new AccountId(requireNonNull(row.get("account", String.class))));
        }
    }

    Mono<EndResult> end(AccountId account, String causeId) {
        return consider(account, causeId)
                .flatMap(before -> decide(account, causeId, before))
                .defaultIfEmpty(new EndResult.NoSuchAccount(account));
    }

    /** Empty if there is no such account. */
    private Mono<Before> consider(AccountId account, String causeId) {
        return database.sql(CONSIDER)
                .bind("account", account.value())
                .bind("causeId", causeId)
                .map(Before::of)
                .one();
    }

    private Mono<EndResult> decide(AccountId account, String causeId, Before before) {
        AccountId ended = before.account();
        if (ended != null) {
            return Mono.just(
                    ended.equals(account)
                            ? new EndResult.EndedBefore()
                            : new EndResult.Conflict("account", ended.value()));
        }
        return insert(account, causeId)
                .flatMap(number -> issue(account, number))
                .switchIfEmpty(Mono.defer(() -> consider(account, causeId))
                        .flatMap(winner -> decide(account, causeId, winner)));
    }

    /** Empty if the cause ended another account's meanwhile. */
    private Mono<Long> insert(AccountId account, String causeId) {
        return database.sql(INSERT)
                .bind("account", account.value())
                .bind("causeId", causeId)
                .mapValue(Long.class)
                .one();
    }

    private Mono<EndResult> issue(AccountId account, long number) {
        return standing.of(account, StandingAllowances.NONE)
                .flatMap(
                        left -> left.isEmpty() ? Mono.just(new EndResult.NothingLeft()) : issue(account, number, left));
    }

    private Mono<EndResult> issue(AccountId account, long number, List<Long> left) {
        return commands.issue(account, "end:" + number, new Command.EndAllowances(left))
                .map(EndResult.Ended::new);
    }
}
