package io.tollgate.billing.reversal.postgres;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.reversal.Change;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.postgres.Sql;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Accounts that billing has frozen, and why. Whoever else freezes or thaws an account (an operator, the quarantine) has the last
 * word: a freeze that is not ours stays, and a thaw ends all reasons that stood by then. Under the account's lock.
 */
final class Freezes {

    private static final String ADD = Sql.beside(Freezes.class, "freeze_add");
    private static final String OVERRIDE = Sql.beside(Freezes.class, "freeze_override");
    private static final String LIFT = Sql.beside(Freezes.class, "freeze_lift");
    private static final String STANDING = Sql.beside(Freezes.class, "freeze_standing");
    private static final String LAST_STATE = Sql.beside(Freezes.class, "last_state");

    private static final String FREEZE = "billing-freeze:";
    private static final String THAW = "billing-thaw:";

    private final DatabaseClient database;
    private final Commands commands;

    Freezes(DatabaseClient database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    /** The last command about an account's state. */
    private record LastState(String id, String kind) {

        static final LastState NONE = new LastState("", "THAW");

        boolean isThaw() {
            return kind.equals("THAW");
        }

        boolean isOurFreeze() {
            return kind.equals("FREEZE") && id.startsWith(FREEZE);
        }
    }

    Mono<Void> freeze(AccountId account, String cause, Tally tally) {
        return change(ADD, account, cause)
                .filter(rows -> rows == 1)
                .doOnNext(_ -> tally.add(new Change.Frozen(cause)))
                .flatMap(_ -> lastState(account))
                .filter(LastState::isThaw)
                .flatMap(_ -> change(OVERRIDE, account, cause))
                .flatMap(_ -> commands.issue(account, FREEZE + cause, new Command.Freeze()))
                .doOnNext(tally::add)
                .then();
    }

    Mono<Void> lift(AccountId account, String cause, Tally tally) {
        return change(LIFT, account, cause)
                .filter(rows -> rows == 1)
                .flatMap(_ -> standing(account))
                .filter(standing -> standing == 0)
                .flatMap(_ -> lastState(account))
                .filter(LastState::isOurFreeze)
                .flatMap(_ -> commands.issue(account, THAW + cause, new Command.Thaw()))
                .doOnNext(command -> {
                    tally.add(command);
                    tally.add(new Change.Thawed(cause));
                })
                .then();
    }

    private Mono<Long> change(String sql, AccountId account, String cause) {
        return database.sql(sql)
                .bind("account", account.value())
                .bind("cause", cause)
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> standing(AccountId account) {
        return database.sql(STANDING)
                .bind("account", account.value())
                .mapValue(Long.class)
                .one();
    }

    private Mono<LastState> lastState(AccountId account) {
        return database.sql(LAST_STATE)
                .bind("account", account.value())
                .map(row -> new LastState(
                        requireNonNull(row.get("id", String.class)), requireNonNull(row.get("kind", String.class))))
                .one()
                .defaultIfEmpty(LastState.NONE);
    }
}
