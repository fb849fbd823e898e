package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.tollgate.billing.World;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.RecordedFinding;
import io.tollgate.billing.reconciliation.Repairs;
import io.tollgate.billing.reconciliation.RunRequests;
import io.tollgate.billing.reconciliation.StripeReconciliation;
import io.tollgate.billing.reconciliation.StripeRun;
import io.tollgate.billing.reconciliation.StripeRuns;
import io.tollgate.billing.webhook.WebhookWorker;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Plans that nobody told us of, or not to the end, and that Stripe no longer has the events of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostPlansTest {

    private final World world = World.still(Subscriber.PLANS);

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void areFoundByWhatStripeListsAndGivenOnce() throws StripeException {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        Subscriber subscriber = Subscriber.with(world, "pm_card_visa").monthly("pro", 500);
        // Past Stripe's memory of events, and past the first renewal.
        world.advance(Duration.ofDays(32));

        List<RecordedFinding> found = run();

        assertThat(found)
                .extracting(it -> it.finding().kind())
                .contains(Kind.SUBSCRIPTION_UNKNOWN, Kind.INVOICE_NOT_BOOKED);
        assertThat(found)
                .filteredOn(it -> it.finding().kind() == Kind.INVOICE_NOT_BOOKED)
                .hasSize(2);
        repair();
        assertThat(world.book().number("SELECT count(*) FROM payment WHERE account = '" + subscriber.account + "'"))
                .isEqualTo(2);
        assertThat(world.text("SELECT status FROM subscription WHERE account = '" + subscriber.account + "'"))
                .isEqualTo("ACTIVE");
        assertThat(run()).isEmpty();
    }

    private List<RecordedFinding> run() {
        world.advance(Duration.ofMinutes(5));
        StripeRuns runs = world.the(StripeRuns.class);
        got(world.the(RunRequests.class).start(world.stripe().now().minus(Duration.ofDays(60)), null));
        StripeRun run = got(runs.all(0, 1).next());
        while (run.state() == StripeRun.State.RUNNING) {
            world.the(StripeReconciliation.class).turn().block();
            run = got(runs.all(0, 1).next());
        }
        assertThat(run.skipped()).isEmpty();
        return got(world.the(Findings.class).of(run.id(), 0, 100).collectList());
    }

    private void repair() {
        got(world.the(Repairs.class).tend().thenReturn(1));
        got(world.the(WebhookWorker.class).drain());
        got(world.the(Repairs.class).tend().thenReturn(1));
    }
}
