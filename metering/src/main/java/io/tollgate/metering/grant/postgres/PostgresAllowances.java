package io.tollgate.metering.grant.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.CauseId;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.postgres.PostgresFailures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

final class PostgresAllowances implements Allowances {

    private final StandingAllowances standing;
    private final GrantRows rows;
    private final AllowanceEnds ends;
    private final TransactionalOperator sqlTransaction;
    private final Commands commands;

    PostgresAllowances(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands) {
        this.standing = new StandingAllowances(database);
        this.ends = new AllowanceEnds(database, standing, commands);
        this.rows = new GrantRows(database);
        this.sqlTransaction = sqlTransaction;
        this.commands = commands;
    }

    @Override
    public Mono<ReplaceResult> replace(Allowance allowance) {
        ReplaceResult.Invalid invalid = invalid(allowance);
        return invalid != null
                ? Mono.just(invalid)
                : replace(
                                allowance,
                                new Grant(
                                        allowance.account(),
                                        allowance.amount(),
                                        Grant.Cause.ALLOWANCE,
                                        allowance.causeId(),
                                        null,
                                        allowance.priority(),
                                        allowance.expiresAt()))
                        .as(sqlTransaction::transactional)
                        .transform(PostgresFailures::told);
    }

    @Override
    public Mono<EndResult> end(AccountId account, String causeId) {
        return CauseId.isAllowed(causeId)
                ? rows.lock(account)
                        .then(Mono.defer(() -> ends.end(account, causeId)))
                        .as(sqlTransaction::transactional)
                        .transform(PostgresFailures::told)
                : Mono.just(new EndResult.Invalid("cause id", CauseId.ALLOWED));
    }

    private static ReplaceResult.@Nullable Invalid invalid(Allowance allowance) {
        Instant expiry = allowance.expiresAt();
        if (allowance.amount().isZero()) {
            return new ReplaceResult.Invalid("credits", "more than zero");
        }
        if (!CauseId.isAllowed(allowance.causeId())) {
            return new ReplaceResult.Invalid("cause id", CauseId.ALLOWED);
        }
        return expiry == null || Grant.isAllowed(expiry)
                ? null
                : new ReplaceResult.Invalid("expires_at", Grant.EXPIRY_ALLOWED);
    }

    private Mono<ReplaceResult> replace(Allowance allowance, Grant grant) {
        return rows.lock(grant.account())
                .then(Mono.defer(() -> rows.consider(grant)))
                .flatMap(standing -> decide(allowance, grant, standing))
                .defaultIfEmpty(new ReplaceResult.NoSuchAccount(grant.account()));
    }

    private Mono<ReplaceResult> decide(Allowance allowance, Grant grant, Standing standing) {
        Standing.GivenBefore before = standing.before();
        if (before != null) {
            return Mono.just(answer(allowance, grant, before));
        }
        Instant expiry = grant.expiresAt();
        if (expiry != null && !expiry.isAfter(standing.now())) {
            return Mono.just(new ReplaceResult.Invalid("expires_at", "a time to come"));
        }
        if (!standing.allows(grant.amount())) {
            return Mono.just(new ReplaceResult.BeyondBound(standing.allowed()));
        }
        return rows.insert(grant, allowance.rollover())
                .flatMap(number -> issue(allowance, number))
                .switchIfEmpty(
                        Mono.defer(() -> rows.consider(grant)).flatMap(winner -> decide(allowance, grant, winner)));
    }

    private static ReplaceResult answer(Allowance allowance, Grant grant, Standing.GivenBefore before) {
        Difference difference = before.from(grant, allowance.rollover());
        return difference == null
                ? new ReplaceResult.ReplacedBefore(before.number())
                : new ReplaceResult.Conflict(difference.field(), difference.before());
    }

    private Mono<ReplaceResult> issue(Allowance allowance, long number) {
        Command.Grant grant =
                Command.Grant.until(number, allowance.amount(), allowance.priority(), allowance.expiresAt());
        return standing.of(allowance.account(), number)
                .map(replaced -> command(replaced, allowance.rollover(), grant))
                .flatMap(command -> commands.issue(allowance.account(), "grant:" + number, command))
                .map(issued -> new ReplaceResult.Replaced(number, issued));
    }

    private static Command command(List<Long> replaced, Credits rollover, Command.Grant grant) {
        return new Command.ReplaceAllowance(replaced, rollover, grant);
    }
}
