package io.tollgate.billing.topup;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notice.Kind;
import io.tollgate.billing.order.Order;
import io.tollgate.metering.ledger.Money;
import java.util.Map;

/** What buyers are told of their orders when they may no longer be looking. */
public final class TopUpNotices {

    private TopUpNotices() {}

    public static Notice granted(Order order, CheckoutSession session) {
        Map<String, String> facts =
                Fact.of(new Money(session.totalMinor(), order.price().currency()));
        facts.putAll(Fact.of(order.credits()));
        facts.put(Fact.TITLE, order.title());
        facts.put(Fact.PAYMENT, order.id().value());
        return new Notice(order.account(), Kind.CREDIT_GRANTED, session.id(), facts);
    }

    /** Of a payment that takes days, and failed after them. */
    public static Notice failed(Order order) {
        Map<String, String> facts = Fact.of(order.price());
        facts.put(Fact.TITLE, order.title());
        return new Notice(order.account(), Kind.PAYMENT_FAILED, order.id().value(), facts);
    }
}
