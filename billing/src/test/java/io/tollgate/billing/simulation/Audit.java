package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.checkout.Session;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.reconciliation.Depth;
import io.tollgate.metering.reconciliation.Findings;
import io.tollgate.metering.reconciliation.Reconciler;
import io.tollgate.metering.usage.Flusher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What has to be true once all is quiet: Stripe, the book and the live store tell the same story. */
final class Audit {

    private final Run run;
    private final List<Session> sessions;

    Audit(Run run) {
        this.run = run;
        this.sessions = AtStripe.of(run).sessions();
    }

    void check() {
        got(run.world.the(Flusher.class).sweep().thenReturn(true));
        eachPaidSessionGrantedWhatItsOrderSaysOnce();
        nothingIsGrantedUnpaid();
        storesAgree();
        booksBalance();
    }

    private void eachPaidSessionGrantedWhatItsOrderSaysOnce() {
        for (Session session : sessions) {
            if (isPaid(session)) {
                String id = session.getId();
                assertThat(grantedBy(id)).as("grants of %s", id).isEqualTo(1);
                assertThat(run.world.number("SELECT count(*) FROM payment p JOIN topup_order o ON o.id = p.id"
                                + " WHERE p.session = '" + id
                                + "' AND p.credits_micros = o.credits_micros AND p.paid_minor = "
                                + session.getAmountTotal()))
                        .as("payments of %s", id)
                        .isEqualTo(1);
            }
        }
    }

    private void nothingIsGrantedUnpaid() {
        Set<String> paid =
                sessions.stream().filter(Audit::isPaid).map(Session::getId).collect(Collectors.toSet());
        Set<String> granted =
                new TreeSet<>(run.world.texts("SELECT cause_id FROM grant_record WHERE cause = 'TOP_UP'"));
        granted.removeAll(paid);
        assertThat(granted).as("granted though not paid").isEmpty();
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

    private long grantedBy(String session) {
        return run.world.number("SELECT count(*) FROM grant_record g JOIN topup_order o ON o.session_id = g.cause_id"
                + " WHERE g.cause = 'TOP_UP' AND g.cause_id = '" + session + "' AND g.account = o.account"
                + " AND g.amount_micros = o.credits_micros AND g.paid_minor = o.price_minor");
    }

    private static boolean isPaid(Session session) {
        return session.getMode().equals("payment") && session.getPaymentStatus().equals("paid");
    }
}
