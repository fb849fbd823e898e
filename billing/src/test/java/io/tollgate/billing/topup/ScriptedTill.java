package io.tollgate.billing.topup;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.CheckoutSession.Payment;
import io.tollgate.billing.checkout.CheckoutSession.Status;
import io.tollgate.billing.checkout.SessionRequest;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Order;
import io.tollgate.metering.account.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Stripe for the ends that cards never come to: payments that are days under way, or of another amount. */
final class ScriptedTill implements Till {

    private final Map<String, CheckoutSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    void say(CheckoutSession session) {
        sessions.put(session.id(), session);
    }

    /** Has the session of 9.00 in this state. */
    void say(String id, Order order, Status status, Payment payment) {
        say(new CheckoutSession(id, null, order.id().value(), status, payment, 900, "usd", null));
    }

    int questions() {
        return questions.get();
    }

    @Override
    public Mono<CustomerResult> createCustomer(AccountId account, int attempt) {
        return Mono.just(new CustomerResult.Created("cus_" + account));
    }

    @Override
    public Mono<OpenResult> open(SessionRequest request) {
        return Mono.just(new OpenResult.Opened("cs_" + request.order().id(), "https://pay"));
    }

    @Override
    public Mono<CheckoutSession> session(String sessionId) {
        return Mono.defer(() -> {
            questions.incrementAndGet();
            return Mono.justOrEmpty(sessions.get(sessionId));
        });
    }

    @Override
    public Mono<CheckoutSession> expire(String sessionId) {
        return session(sessionId);
    }

    @Override
    public Mono<CheckoutSession> sessionOf(Order order) {
        return Mono.justOrEmpty(sessions.values().stream()
                .filter(session -> order.id().value().equals(session.reference()))
                .findFirst());
    }
}
