package io.tollgate.billing.reversal.postgres;

import io.r2dbc.spi.Parameters;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.reversal.Change;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.Remains;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes the credit that belongs to what went back, and gives back what no longer does. Under the account's lock. */
final class CreditMoves {

    private static final String GRANTS = Sql.beside(CreditMoves.class, "grants");
    private static final String STEP = Sql.beside(CreditMoves.class, "step_add");

    private final DatabaseClient database;
    private final Clawbacks clawbacks;
    private final Grants grants;
    private final MoneyMoves money;

    CreditMoves(DatabaseClient database, Clawbacks clawbacks, Grants grants, MoneyMoves money) {
        this.database = database;
        this.clawbacks = clawbacks;
        this.grants = grants;
        this.money = money;
    }

    /** What is to be done, for which cause, and where it is noted. */
    record Move(Payment payment, String cause, Standing before, Tally tally) {

        /** Unique per payment, since each step is made under the lock. */
        String causeId(int further) {
            return cause + ":" + (before.steps() + 1 + further);
        }
    }

    private record Part(TakeableGrant grant, Credits credits) {}

    /** The payment's own grant, which comes first, and those that came back in its place. */
    Mono<List<TakeableGrant>> grantsOf(Payment payment) {
        return database.sql(GRANTS)
                .bind("payment", payment.id())
                .map(TakeableGrant::of)
                .all()
                .collectList();
    }

    /** Moves the credit from what was claimed before to what is claimed now. */
    Mono<Void> to(Credits claimed, List<TakeableGrant> standing, Remains left, Move move) {
        long more = claimed.micros() - move.before().claimedMicros();
        long tooMuch = move.before().takenMicros() - claimed.micros();
        if (more > 0) {
            return take(parts(standing, more, left), move);
        }
        return tooMuch > 0 ? giveBack(Credits.ofMicros(tooMuch), standing.getFirst(), move) : Mono.empty();
    }

    private static List<Part> parts(List<TakeableGrant> standing, long micros, Remains left) {
        List<Part> parts = new ArrayList<>();
        long wanted = micros;
        for (TakeableGrant grant : standing) {
            Credits part = grant.takeable(left).min(Credits.ofMicros(wanted));
            if (!part.isZero()) {
                parts.add(new Part(grant, part));
                wanted -= part.micros();
            }
        }
        return parts;
    }

    private Mono<Void> take(List<Part> parts, Move move) {
        return Flux.range(0, parts.size())
                .concatMap(i -> take(parts.get(i), move.causeId(i), move))
                .then();
    }

    private Mono<Void> take(Part part, String causeId, Move move) {
        return clawbacks
                .take(move.payment().account(), causeId, part.grant().number(), part.credits())
                .flatMap(result -> switch (result) {
                    case ClawbackResult.Taken taken -> {
                        move.tally().add(taken.command());
                        move.tally().add(new Change.Taken(move.cause(), part.credits()));
                        yield note(move, part.grant().number(), part.credits().micros());
                    }
                    case ClawbackResult refused -> failed("credit could not be taken back", refused);
                });
    }

    private Mono<Void> giveBack(Credits credits, TakeableGrant own, Move move) {
        Money basis = basis(credits, own, move);
        Grant grant = new Grant(
                move.payment().account(),
                credits,
                Grant.Cause.REINSTATED,
                move.causeId(0),
                basis,
                own.priority(),
                own.expiryNow());
        return grants.give(grant).flatMap(result -> switch (result) {
            case GrantResult.Given(long number, var command) -> {
                move.tally().add(command);
                move.tally().add(new Change.GivenBack(move.cause(), credits));
                yield note(move, number, -credits.micros())
                        .then(basis == null ? Mono.empty() : money.notPaidAnew(grant, basis));
            }
            case GrantResult refused -> failed("credit could not be given back", refused);
        });
    }

    /** What was paid for it, so that no unit is lost over all that is ever given back. Null for an allowance. */
    private static @Nullable Money basis(Credits credits, TakeableGrant own, Move move) {
        Long paid = own.paidMinor();
        if (paid == null) {
            return null;
        }
        long before = move.before().givenBackMicros();
        long all = own.amount().micros();
        return new Money(
                Claims.share(paid, before + credits.micros(), all) - Claims.share(paid, before, all),
                move.payment().paid().currency());
    }

    private Mono<Void> note(Move move, long grant, long takenMicros) {
        return database.sql(STEP)
                .bind("payment", move.payment().id())
                .bind("account", move.payment().account().value())
                .bind("cause", move.cause())
                .bind("grant", Parameters.in(grant))
                .bind("taken", takenMicros)
                .then();
    }

    // Nothing of it is written then: whoever wanted it tries again, and in the end an operator is told.
    private static Mono<Void> failed(String what, Object refused) {
        return Mono.error(new IllegalStateException(what + ": " + refused));
    }
}
