package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.MoneyBack;
import io.tollgate.billing.refund.RefundDesk;
import io.tollgate.billing.refund.RefundResult;
import io.tollgate.billing.refund.RefundWish;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.sandbox.stripe.Bank;
import io.tollgate.sandbox.stripe.DisputeEnd;
import io.tollgate.sandbox.stripe.DisputeStart;
import io.tollgate.sandbox.stripe.RefundEnd;
import io.tollgate.sandbox.stripe.RefundStart;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Money that goes back: by operators, customers, at Stripe's dashboard and through banks. */
final class Refunding {

    private static final int PAGE = 200;

    private final Run run;
    private final Bank bank;

    Refunding(Run run) {
        this.run = run;
        this.bank = run.world.stripe().bank();
    }

    List<Deed> deeds() {
        return List.of(
                new Deed("operator refunds", 3, onPayment(this::byOperator)),
                new Deed("takes money back", 3, onPayment(this::byCustomer)),
                new Deed("refund at the dashboard", 3, onPayment(this::atDashboard)),
                new Deed("bank is slow with refunds", 2, _ -> bank.beginRefunds(RefundStart.PENDING)),
                new Deed("bank is fast with refunds", 2, _ -> bank.beginRefunds(RefundStart.SUCCEEDED)),
                new Deed("bank decides about a refund", 5, _ -> endRefund()),
                new Deed("disputes", 3, onPayment(this::dispute)),
                new Deed("bank decides about a dispute", 5, _ -> endDispute()));
    }

    private Consumer<Customer> onPayment(Consumer<Payment> doing) {
        return customer -> {
            List<Payment> paid =
                    got(run.world
                                    .the(Payments.class)
                                    .of(customer.account, null, PAGE)
                                    .collectList())
                            .stream()
                            .filter(payment -> payment.paymentIntent() != null)
                            .toList();
            if (!paid.isEmpty()) {
                doing.accept(paid.get(run.random.nextInt(paid.size())));
            }
        };
    }

    private void byOperator(Payment payment) {
        Long part =
                run.chance(50) ? null : 1 + run.random.nextLong(payment.paid().minor());
        RefundWish wish = new RefundWish(
                payment.id(), part, null, new UUID(0, run.random.nextLong()).toString(), AskedBy.OPERATOR);
        note("operator", run.perhapsKilled(run.world.the(RefundDesk.class).refund(wish)));
    }

    private void byCustomer(Payment payment) {
        note("customer", run.perhapsKilled(run.world.the(MoneyBack.class).take(payment.account(), payment.id())));
    }

    private void note(String who, Mono<RefundResult> asked) {
        RefundResult result = asked.block();
        if (result != null) {
            run.coverage.count("refund by " + who + ": " + result.getClass().getSimpleName());
        }
    }

    private void atDashboard(Payment payment) {
        long left = AtStripe.of(run).refundable(String.valueOf(payment.paymentIntent()));
        if (left > 0) {
            long amount = run.chance(40) ? left : 1 + run.random.nextLong(left);
            String _ = bank.refund(String.valueOf(payment.paymentIntent()), amount);
        }
    }

    private void endRefund() {
        AtStripe.of(run).refunds().stream()
                .filter(refund -> refund.getStatus().equals("pending"))
                .findFirst()
                .ifPresent(refund ->
                        bank.endRefund(refund.getId(), run.chance(60) ? RefundEnd.SUCCEEDED : RefundEnd.FAILED));
    }

    private void dispute(Payment payment) {
        String intent = String.valueOf(payment.paymentIntent());
        if (AtStripe.of(run).disputable(intent)) {
            long amount = run.chance(60)
                    ? payment.paid().minor()
                    : 1 + run.random.nextLong(payment.paid().minor());
            DisputeStart start = run.chance(70) ? DisputeStart.NEEDS_RESPONSE : DisputeStart.INQUIRY;
            String _ = bank.dispute(intent, amount, "fraudulent", start);
        }
    }

    private void endDispute() {
        AtStripe.of(run).disputes().stream()
                .filter(dispute -> dispute.getStatus().endsWith("needs_response"))
                .findFirst()
                .ifPresent(dispute -> {
                    if (!dispute.getStatus().startsWith("warning")) {
                        bank.closeDispute(dispute.getId(), run.chance(50) ? DisputeEnd.WON : DisputeEnd.LOST);
                    } else if (run.chance(50)) {
                        bank.escalateDispute(dispute.getId());
                    } else {
                        bank.closeDispute(dispute.getId(), DisputeEnd.INQUIRY_CLOSED);
                    }
                });
    }
}
