package io.tollgate.billing.checkout;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.webhook.ReceiveResult;
import io.tollgate.billing.webhook.ReceiveResult.Reason;
import io.tollgate.billing.webhook.WebhookInbox;
import io.tollgate.metering.account.AccountId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An installation that has never heard of Stripe starts, and says so where it matters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnconfiguredTest {

    private final World world = World.running(
            "tollgate.billing.stripe.secret-key=",
            "tollgate.billing.stripe.webhook-secrets=",
            "STRIPE_SECRET_KEY=",
            "STRIPE_WEBHOOK_SECRET=");

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aCheckoutIsNotStartedAndLeavesNoOrder() {
        AccountId account = world.account();

        assertThat(world.start(account, new Choice.OfPack("small"))).isEqualTo(new StartResult.NotConfigured());
        assertThat(world.book().number("SELECT count(*) FROM topup_order")).isZero();
    }

    @Test
    void aWebhookIsNotBelieved() {
        assertThat(got(world.the(WebhookInbox.class).receive("{}".getBytes(UTF_8), "t=1,v1=00")))
                .isEqualTo(new ReceiveResult.Rejected(Reason.NOT_CONFIGURED));
    }
}
