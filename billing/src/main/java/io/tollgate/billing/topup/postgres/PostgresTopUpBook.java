package io.tollgate.billing.topup.postgres;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.EmailAddress;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.FulfilResult.Reason;
import io.tollgate.billing.topup.TopUpBook;
import io.tollgate.billing.topup.TopUpNotices;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.InstantSource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The order's row decides who of several callers is first; the grant's own key, the session, would catch what slipped through. */
final class PostgresTopUpBook implements TopUpBook {

    private static final String CLOSE = Sql.beside(PostgresTopUpBook.class, "close");
    private static final String COMPLETE = Sql.beside(PostgresTopUpBook.class, "complete");
    private static final String FAIL = Sql.beside(PostgresTopUpBook.class, "fail");
    private static final String WITHHOLD = Sql.beside(PostgresTopUpBook.class, "withhold");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final Grants grants;
    private final Payments payments;
    private final Contacts contacts;
    private final Notices notices;
    private final InstantSource clock;

    PostgresTopUpBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Grants grants,
            Payments payments,
            Contacts contacts,
            Notices notices,
            InstantSource clock) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.grants = grants;
        this.payments = payments;
        this.contacts = contacts;
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    public Mono<BookResult> book(Order order, CheckoutSession session) {
        return sqlTransaction
                .execute(status -> close(order, session)
                        .flatMap(rows ->
                                rows == 0 ? Mono.just(new BookResult.BookedBefore()) : give(order, session, status)))
                .single()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Boolean> complete(Order order, CheckoutSession session, String subscriptionId) {
        return sqlTransaction
                .transactional(database.sql(COMPLETE)
                        .bind("id", order.id().value())
                        .bind("session", session.id())
                        .bind("subscription", subscriptionId)
                        .fetch()
                        .rowsUpdated()
                        .flatMap(rows -> learn(order, session).thenReturn(rows > 0)))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> fail(Order order) {
        return sqlTransaction
                .transactional(database.sql(FAIL)
                        .bind("id", order.id().value())
                        .fetch()
                        .rowsUpdated()
                        .flatMap(rows -> rows == 0 ? Mono.empty() : notices.post(TopUpNotices.failed(order))))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> withhold(Order order, Reason reason) {
        return database.sql(WITHHOLD)
                .bind("id", order.id().value())
                .bind("reason", reason.name())
                .then()
                .transform(PostgresFailures::told);
    }

    private Mono<Long> close(Order order, CheckoutSession session) {
        String intent = session.paymentIntent();
        Parameter paymentIntent = intent == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(intent);
        return database.sql(CLOSE)
                .bind("id", order.id().value())
                .bind("session", session.id())
                .bind("paymentIntent", paymentIntent)
                .bind("paid", session.totalMinor())
                .fetch()
                .rowsUpdated();
    }

    private Mono<Void> learn(Order order, CheckoutSession session) {
        String email = session.outcome().email();
        return email != null && EmailAddress.isAllowed(email)
                ? contacts.learn(order.account(), new EmailAddress(email))
                : Mono.empty();
    }

    // The price is the basis, not the total: what the buyer paid beyond it (tax) buys no credit, and what a promotion
    // code took off
    // was not paid.
    private static Grant grant(Order order, CheckoutSession session) {
        return new Grant(
                order.account(),
                order.credits(),
                Grant.Cause.TOP_UP,
                session.id(),
                basis(order, session),
                Grant.DEFAULT_PRIORITY,
                null);
    }

    private static Money basis(Order order, CheckoutSession session) {
        long paid = order.price().minor() - session.outcome().discountMinor();
        return new Money(Math.max(0, paid), order.price().currency());
    }

    private Mono<BookResult> give(Order order, CheckoutSession session, ReactiveTransaction status) {
        return grants.give(grant(order, session)).flatMap(result -> switch (result) {
            case GrantResult.Given(long number, IssuedCommand command) ->
                payments.add(payment(order, session, number))
                        .then(learn(order, session))
                        .then(notices.post(TopUpNotices.granted(order, session)))
                        .thenReturn(new BookResult.Booked(command));
            case GrantResult.GivenBefore _ -> Mono.just(new BookResult.BookedBefore());
            case GrantResult refused -> Mono.just(refused(reason(refused), status));
        });
    }

    private Payment payment(Order order, CheckoutSession session, long grant) {
        return new Payment(
                order.id().value(),
                order.account(),
                Payment.Kind.TOP_UP,
                order.title(),
                new Money(session.totalMinor(), order.price().currency()),
                order.credits(),
                session.paymentIntent(),
                session.outcome().invoice(),
                session.id(),
                grant,
                clock.instant());
    }

    private static Reason reason(GrantResult refused) {
        return switch (refused) {
            case GrantResult.BeyondBound _ -> Reason.BEYOND_BOUND;
            case GrantResult.NoSuchAccount _ -> Reason.NO_SUCH_ACCOUNT;
            case GrantResult _ -> Reason.CONFLICT;
        };
    }

    private static BookResult refused(Reason reason, ReactiveTransaction status) {
        status.setRollbackOnly();
        return new BookResult.Refused(reason);
    }
}
