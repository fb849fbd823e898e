package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Dispute;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.reconciliation.Depth;
import io.tollgate.metering.reconciliation.Findings;
import io.tollgate.metering.reconciliation.Reconciler;
import io.tollgate.metering.usage.Flusher;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to be true once all is quiet: Stripe, the book and the live store tell the same story. */
final class Audit {

    /** A refund takes the money from Stripe's balance when it begins. */
    private static final Set<String> REFUND_OUT = Set.of("pending", "succeeded");

    private static final Set<String> MONEY_OUT = Set.of("needs_response", "under_review", "lost", "prevented");

    private final Run run;
    private final List<Session> sessions;
    private final List<Invoice> invoices;
    private final List<Refund> refunds;
    private final List<Dispute> disputes;
    private final List<PaymentIntent> charged;

    Audit(Run run) {
        AtStripe stripe = AtStripe.of(run);
        this.run = run;
        this.sessions = stripe.sessions();
        this.invoices = stripe.invoices();
        this.refunds = stripe.refunds();
        this.disputes = stripe.disputes();
        this.charged = stripe.chargedByItself();
    }

    void check() {
        got(run.world.the(Flusher.class).sweep().thenReturn(true));
        eachPaidSessionGrantedWhatItsOrderSaysOnce();
        eachChargeOfASavedCardGrantedOnce();
        noTopUpWasGrantedUnpaid();
        eachPaidInvoiceIsBookedOnce();
        noAllowanceWasGivenUnpaid();
        eachPurchaseGaveBackWhatItsMoneySays();
        storesAgree();
        booksBalance();
        clearingIsWhatStripeHas();
    }

    private void eachPaidSessionGrantedWhatItsOrderSaysOnce() {
        for (Session session : sessions) {
            if (isPaid(session)) {
                String id = session.getId();
                assertThat(grantedBy(id)).as("grants of %s", id).isEqualTo(1);
                assertThat(run.world.number(
                                "SELECT count(*) FROM payment p JOIN topup_order o ON o.id = p.id WHERE p.session = '"
                                        + id
                                        + "' AND p.credits_micros = o.credits_micros AND p.paid_minor = "
                                        + session.getAmountTotal()))
                        .as("payments of %s", id)
                        .isEqualTo(1);
            }
        }
    }

    private void eachChargeOfASavedCardGrantedOnce() {
        for (PaymentIntent intent : charged) {
            assertThat(run.world.number(
                            "SELECT count(*) FROM payment p JOIN grant_record g ON g.number = p.grant_number"
                                    + " WHERE p.kind = 'AUTO_TOP_UP' AND p.payment_intent = '" + intent.getId()
                                    + "' AND g.cause = 'TOP_UP' AND g.account = p.account AND g.amount_micros = p.credits_micros"
                                    + " AND g.paid_minor = " + intent.getAmountReceived()))
                    .as("grants of %s", intent.getId())
                    .isEqualTo(1);
            run.coverage.count("cards charged by themselves");
        }
    }

    private void noTopUpWasGrantedUnpaid() {
        Set<String> paid = Stream.concat(
                        sessions.stream().filter(Audit::isPaid).map(Session::getId),
                        charged.stream().map(PaymentIntent::getId))
                .collect(Collectors.toSet());
        Set<String> granted =
                new TreeSet<>(run.world.texts("SELECT cause_id FROM grant_record WHERE cause = 'TOP_UP'"));
        granted.removeAll(paid);
        assertThat(granted).as("granted though not paid").isEmpty();
    }

    private void eachPaidInvoiceIsBookedOnce() {
        for (Invoice invoice : invoices) {
            String subscription = AtStripe.subscriptionOf(invoice);
            boolean trial = invoice.getTotal() == 0 && "subscription_create".equals(invoice.getBillingReason());
            if (!subscription.isEmpty() && !trial) {
                boolean paid = invoice.getStatus().equals("paid");
                if (invoice.getAmountPaid() == 0 && "subscription_update".equals(invoice.getBillingReason())) {
                    continue; // a change that cost nothing
                }
                assertThat(run.world.number("SELECT count(*) FROM payment WHERE invoice = '" + invoice.getId()
                                + "' AND paid_minor = " + invoice.getAmountPaid()))
                        .as("payments of %s (%s, %s)", invoice.getId(), invoice.getStatus(), invoice.getBillingReason())
                        .isEqualTo(paid ? 1 : 0);
            }
        }
    }

    /** Every month that was given lies in a period that Stripe was paid for, and each was given once. */
    private void noAllowanceWasGivenUnpaid() {
        for (String key : run.world.texts("SELECT cause_id FROM grant_record WHERE cause = 'ALLOWANCE'")) {
            String[] parts = key.split("/", -1);
            if (parts.length == 3 && parts[0].startsWith("sub_") && parts[1].startsWith("si_")) {
                long start = Long.parseLong(parts[2]);
                assertThat(invoices)
                        .as("allowance %s", key)
                        .anyMatch(invoice -> invoice.getStatus().equals("paid")
                                && AtStripe.subscriptionOf(invoice).equals(parts[0])
                                && invoice.getLines().getData().stream().anyMatch(line -> covers(line, start)));
                run.coverage.count("months given");
            } else if (parts.length == 3 && parts[1].equals("change")) {
                assertThat(invoices)
                        .as("allowance %s", key)
                        .anyMatch(invoice -> invoice.getStatus().equals("paid")
                                && invoice.getId().equals(parts[2])
                                && AtStripe.subscriptionOf(invoice).equals(parts[0]));
                run.coverage.count("changes given");
            } else {
                run.coverage.count("other allowances");
            }
        }
    }

    /** Credit out is granted × money out ÷ paid, rounded down; all of it once all money is out: decision 18. */
    private void eachPurchaseGaveBackWhatItsMoneySays() {
        for (String row :
                run.world.texts("SELECT payment_intent || ' ' || p.id || ' ' || credits_micros || ' ' || paid_minor"
                        + " FROM payment p WHERE kind IN ('TOP_UP', 'AUTO_TOP_UP') AND payment_intent IS NOT NULL")) {
            String[] payment = row.split(" ", -1);
            long granted = Long.parseLong(payment[2]);
            long paid = Long.parseLong(payment[3]);
            long out = moneyOut(payment[0]);
            long taken = run.world.number(
                    "SELECT coalesce(CAST(sum(taken_micros) AS bigint), 0) FROM reversal_step WHERE payment = '"
                            + payment[1] + "'");
            boolean askedByCustomer =
                    run.world.number("SELECT count(*) FROM refund_request r JOIN refund f ON f.request = r.id"
                                    + " WHERE r.payment = '" + payment[1] + "' AND r.credits_micros IS NOT NULL"
                                    + " AND f.phase IN ('PENDING', 'SUCCEEDED')")
                            > 0;
            if (out >= paid) {
                assertThat(taken).as("all is out of %s", row).isEqualTo(granted);
                run.coverage.count("purchases given back whole");
            } else if (!askedByCustomer) {
                assertThat(taken).as("%s is out of %s", out, row).isEqualTo(share(granted, out, paid));
                run.coverage.count(out > 0 ? "purchases given back in part" : "purchases that stand");
            }
        }
    }

    private long moneyOut(String intent) {
        return refunds.stream()
                        .filter(refund -> intent.equals(refund.getPaymentIntent()))
                        .filter(refund -> REFUND_OUT.contains(refund.getStatus()))
                        .mapToLong(Refund::getAmount)
                        .sum()
                + disputes.stream()
                        .filter(dispute -> intent.equals(dispute.getPaymentIntent()))
                        .filter(dispute -> MONEY_OUT.contains(dispute.getStatus()))
                        .mapToLong(Dispute::getAmount)
                        .sum();
    }

    private void storesAgree() {
        Findings findings = got(run.world
                .the(Reconciler.class)
                .look(run.customers.stream().map(customer -> customer.account).toList(), Depth.EVENTS));
        assertThat(findings.drifts()).isEmpty();
        assertThat(findings.moving()).as("accounts that do not come to rest").isZero();
    }

    private void booksBalance() {
        Books books = run.world.the(Books.class);
        assertThat(got(books.totals()).values()).allMatch(sum -> sum == 0);
        for (Customer customer : run.customers) {
            assertThat(got(books.of(customer.account)))
                    .as("books of %s", customer)
                    .matches(Books.AccountBooks::agree);
        }
    }

    /** All that came in, less what went back: without taxes and fees, which this shop has none of. */
    private void clearingIsWhatStripeHas() {
        long in = sessions.stream()
                        .filter(Audit::isPaid)
                        .mapToLong(Session::getAmountTotal)
                        .sum()
                + charged.stream().mapToLong(PaymentIntent::getAmountReceived).sum()
                + invoices.stream()
                        .filter(invoice -> !AtStripe.subscriptionOf(invoice).isEmpty())
                        .mapToLong(Invoice::getAmountPaid)
                        .sum();
        long refunded = refunds.stream()
                .filter(refund -> REFUND_OUT.contains(refund.getStatus()))
                .mapToLong(Refund::getAmount)
                .sum();
        long disputed = disputes.stream()
                .filter(dispute -> MONEY_OUT.contains(dispute.getStatus()))
                .mapToLong(Dispute::getAmount)
                .sum();
        assertThat(run.world.number("SELECT coalesce(CAST(sum(amount) AS bigint), 0) FROM ledger_entry"
                        + " WHERE ledger_account = 'stripe:clearing:usd' AND unit = 'usd'"))
                .as("stripe:clearing:usd; in %s, refunded %s, disputed %s", in, refunded, disputed)
                .isEqualTo(in - refunded - disputed);
    }

    private long grantedBy(String session) {
        return run.world.number("SELECT count(*) FROM grant_record g JOIN topup_order o ON o.session_id = g.cause_id"
                + " WHERE g.cause = 'TOP_UP' AND g.cause_id = '" + session + "' AND g.account = o.account"
                + " AND g.amount_micros = o.credits_micros AND g.paid_minor = o.price_minor");
    }

    private static boolean isPaid(Session session) {
        return session.getMode().equals("payment") && session.getPaymentStatus().equals("paid");
    }

    private static boolean covers(InvoiceLineItem line, long start) {
        InvoiceLineItem.Period period = Objects.requireNonNull(line.getPeriod());
        return period.getStart() <= start && start < period.getEnd();
    }

    private static long share(long whole, long part, long all) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(all))
                .longValueExact();
    }
}
