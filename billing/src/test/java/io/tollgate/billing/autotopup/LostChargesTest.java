package io.tollgate.billing.autotopup;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Charges that went through though nobody heard of it, and were given up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostChargesTest {

    private final World world = World.still(
            "tollgate.billing.auto-top-up.interval=1h",
            "tollgate.billing.shortage.interval=1h",
            "tollgate.billing.shortage.longest-pause=1h",
            "tollgate.billing.auto-top-up.longest-pause=1h",
            "tollgate.billing.stripe.call-timeout=4s",
            "tollgate.billing.stripe.retries=0");
    private final Buyers buyers = new Buyers(world);

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void areFoundByWhatStripeListsAndGrantedOnce() {
        AccountId account = buyers.wanting(Buyers.VISA, 1_000_000);
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        world.stripe().outage(Outage.TIMEOUT_AFTER_EFFECT, 1);
        buyers.look();
        world.stripe().endOutage();
        world.book()
                .owner()
                .sql("UPDATE auto_topup_attempt SET state = 'ABANDONED'")
                .then()
                .block();
        // Stripe no longer tells of the events.
        world.advance(Duration.ofDays(31));

        StripeRun run = run();

        assertThat(kinds(run)).containsExactly(Kind.PAID_NOT_GRANTED);
        got(world.the(Repairs.class).tend().thenReturn(1));
        got(world.the(WebhookWorker.class).drain());
        assertThat(world.grantsOf(account)).isEqualTo(1);
        assertThat(buyers.payments(account)).isEqualTo(1);
        assertThat(kinds(run())).doesNotContain(Kind.PAID_NOT_GRANTED);
    }

    private StripeRun run() {
        world.advance(Duration.ofMinutes(5));
        StripeRuns runs = world.the(StripeRuns.class);
        got(world.the(RunRequests.class).start(world.stripe().now().minus(Duration.ofDays(60)), null));
        StripeRun run = got(runs.all(0, 1).next());
        while (run.state() == StripeRun.State.RUNNING) {
            world.the(StripeReconciliation.class).turn().block();
            run = got(runs.all(0, 1).next());
        }
        return run;
    }

    private List<Kind> kinds(StripeRun run) {
        return got(world.the(Findings.class)
                .of(run.id(), 0, 100)
                .map(RecordedFinding::finding)
                .map(finding -> finding.kind())
                .distinct()
                .collectList());
    }
}
