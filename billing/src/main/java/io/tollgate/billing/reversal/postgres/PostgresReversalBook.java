package io.tollgate.billing.reversal.postgres;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.reversal.Booked;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.DisputePhase;
import io.tollgate.billing.reversal.Reading;
import io.tollgate.billing.reversal.RefundPhase;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.Remains;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.reversal.postgres.CreditMoves.Move;
import io.tollgate.billing.reversal.postgres.SeenAtStripe.Out;
import io.tollgate.billing.reversal.postgres.SeenAtStripe.Place;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresReversalBook implements ReversalBook {

    private static final String IS_OURS = Sql.beside(PostgresReversalBook.class, "is_ours");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final ReversalRows rows;
    private final RequestRows requests;
    private final CreditMoves credit;
    private final SeenAtStripe seen;
    private final Freezes freezes;

    PostgresReversalBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            CreditMoves credit,
            SeenAtStripe seen,
            Freezes freezes) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.rows = new ReversalRows(database);
        this.requests = new RequestRows(database);
        this.credit = credit;
        this.seen = seen;
        this.freezes = freezes;
    }

    /** A payment as it stands when the lock is there. */
    private record Footing(Payment payment, Standing standing, List<TakeableGrant> grants, Remains left, Tally tally) {

        Credits granted() {
            return grants.isEmpty() ? Credits.ZERO : grants.getFirst().amount();
        }

        long basisMinor() {
            Long basis = grants.isEmpty() ? null : grants.getFirst().paidMinor();
            return basis == null ? payment.paid().minor() : basis;
        }
    }

    /** What is done under the lock; it answers what it was done for, which is empty if nothing was. */
    private interface Work {
        Mono<String> on(Footing footing);
    }

    @Override
    public Mono<Booked> book(Payment payment, Reading reading, Remains left) {
        return locked(payment, left, footing -> see(reading, footing));
    }

    @Override
    public Mono<AskResult> ask(Payment payment, RefundRequest request, Remains left) {
        return rows.lock(payment)
                .then(Mono.defer(() -> before(request)))
                .<AskResult>map(AskResult.AskedBefore::new)
                .switchIfEmpty(Mono.defer(() -> open(payment, request, left)))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Booked> refuse(Payment payment, RefundRequest request, String code, Remains left) {
        return locked(
                payment,
                left,
                _ -> requests.refused(request, code).filter(done -> done).map(_ -> request.id()));
    }

    @Override
    public Mono<Booked> freeze(Payment payment, String cause) {
        Mono<Booked> frozen = Mono.defer(() -> {
            Tally tally = new Tally();
            return rows.lock(payment)
                    .then(Mono.defer(() -> freezes.freeze(payment.account(), cause, tally)))
                    .then(Mono.fromSupplier(tally::booked));
        });
        return frozen.as(sqlTransaction::transactional).transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> abandon(RefundRequest request) {
        return requests.abandon(request).transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> ended(RefundRequest request) {
        return requests.ended(request).transform(PostgresFailures::told);
    }

    @Override
    public Mono<RefundRequest> request(String id) {
        return requests.ofId(id).transform(PostgresFailures::told);
    }

    @Override
    public Mono<RefundRequest> requestOf(String causeId) {
        return requests.ofCause(causeId).transform(PostgresFailures::told);
    }

    @Override
    public Mono<RefundRequest> moneyBackOf(String payment) {
        return requests.ofCustomer(payment).transform(PostgresFailures::told);
    }

    @Override
    public Flux<RefundRequest> takeDue(Duration first, Duration longest, int limit) {
        return requests.takeDue(first, longest, limit).transform(PostgresFailures::told);
    }

    @Override
    public Mono<Claims> claims(Payment payment) {
        return credit.grantsOf(payment)
                .flatMap(grants -> rows.claims(payment, granted(grants)))
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<Long> grantsOf(Payment payment) {
        return credit.grantsOf(payment)
                .flatMapIterable(grants -> grants)
                .map(TakeableGrant::number)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Boolean> isOurs(String customer) {
        return database.sql(IS_OURS)
                .bind("customer", customer)
                .mapValue(Boolean.class)
                .one()
                .transform(PostgresFailures::told);
    }

    private static Credits granted(List<TakeableGrant> grants) {
        return grants.isEmpty() ? Credits.ZERO : grants.getFirst().amount();
    }

    private Mono<RefundRequest> before(RefundRequest request) {
        Mono<RefundRequest> ofCause = requests.ofCause(request.causeId());
        return request.askedBy() == AskedBy.CUSTOMER
                ? ofCause.switchIfEmpty(Mono.defer(() -> requests.ofCustomer(request.payment())))
                : ofCause;
    }

    private Mono<AskResult> open(Payment payment, RefundRequest request, Remains left) {
        return claims(payment).flatMap(claims -> {
            if (request.amount().minor() > claims.leftMinor()) {
                return Mono.just(new AskResult.BeyondPaid(claims.leftMinor()));
            }
            return locked(payment, left, _ -> requests.add(request).thenReturn(request.id()))
                    .map(booked -> new AskResult.Asked(request, booked));
        });
    }

    private Mono<Booked> locked(Payment payment, Remains left, Work work) {
        Mono<Booked> worked = Mono.defer(() -> {
            Tally tally = new Tally();
            return rows.lock(payment)
                    .then(Mono.defer(() -> Mono.zip(rows.standing(payment), credit.grantsOf(payment))))
                    .map(found -> new Footing(payment, found.getT1(), found.getT2(), left, tally))
                    .flatMap(footing -> work.on(footing).flatMap(cause -> moveCredit(footing, cause)))
                    .then(Mono.fromSupplier(tally::booked));
        });
        return worked.as(sqlTransaction::transactional).transform(PostgresFailures::told);
    }

    private Mono<Void> moveCredit(Footing footing, String cause) {
        Payment payment = footing.payment();
        Move move = new Move(payment, cause, footing.standing(), footing.tally());
        return rows.claims(payment, footing.granted())
                .map(Claims::credits)
                .flatMap(claimed -> credit.to(claimed, footing.grants(), footing.left(), move)
                        .then(Mono.defer(() -> rows.sum(payment, claimed))));
    }

    /** Answers the last of what was new. */
    private Mono<String> see(Reading reading, Footing footing) {
        Place place = new Place(
                footing.payment(),
                footing.basisMinor(),
                new Out(footing.standing().outMinor()),
                footing.tally());
        return Mono.zip(rows.refunds(footing.payment()), rows.disputes(footing.payment()))
                .flatMap(before -> see(reading, before.getT1(), before.getT2(), place))
                .then(Mono.defer(() -> Mono.justOrEmpty(footing.tally().subject())));
    }

    private Mono<Void> see(
            Reading reading, Map<String, RefundPhase> refunds, Map<String, DisputePhase> disputes, Place place) {
        return Flux.fromIterable(reading.refunds())
                .concatMap(refund -> seen.refund(refund, refunds.get(refund.id()), place))
                .thenMany(Flux.fromIterable(reading.disputes()))
                .concatMap(dispute -> seen.dispute(dispute, disputes.get(dispute.id()), place))
                .then();
    }
}
