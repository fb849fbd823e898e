package io.tollgate.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.subscription.PlanStanding;
import io.tollgate.billing.subscription.PlanStanding.State;
import io.tollgate.billing.subscription.SubscriptionState.PendingChange;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SubscriptionBodyTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final Instant END = Instant.parse("2027-01-31T12:00:00Z");

    private static JsonNode json(PlanStanding standing, Credits remaining) {
        return JsonMapper.builder().build().valueToTree(SubscriptionBody.of(standing, remaining));
    }

    @Test
    void saysAllThatThereIsToSay() {
        JsonNode body = json(
                new PlanStanding(
                        ACCOUNT,
                        State.GRACE,
                        "pro",
                        "Pro",
                        Interval.YEAR,
                        Credits.of(250),
                        END,
                        null,
                        END,
                        END,
                        "void",
                        END,
                        new PendingChange("basic", Interval.MONTH, END),
                        "https://invoice.stripe.com/i"),
                Credits.parse("17.5"));

        assertThat(body.path("status").stringValue()).isEqualTo("grace");
        assertThat(body.at("/plan/id").stringValue()).isEqualTo("pro");
        assertThat(body.path("interval").stringValue()).isEqualTo("year");
        assertThat(body.path("allowance").stringValue()).isEqualTo("250");
        assertThat(body.path("remaining").stringValue()).isEqualTo("17.5");
        assertThat(body.path("remaining_micros").longValue()).isEqualTo(17_500_000);
        assertThat(body.path("grace_until").stringValue()).isEqualTo("2027-01-31T12:00:00Z");
        assertThat(body.at("/pause/invoices").stringValue()).isEqualTo("void");
        assertThat(body.at("/pending/plan").stringValue()).isEqualTo("basic");
        assertThat(body.path("payment_url").stringValue()).startsWith("https://");
    }

    @Test
    void saysThatThereIsNoPlan() {
        JsonNode body = json(
                new PlanStanding(
                        ACCOUNT, State.NONE, null, null, null, null, null, null, null, null, null, null, null, null),
                Credits.ZERO);

        assertThat(body.path("status").stringValue()).isEqualTo("none");
        assertThat(body.path("plan").isNull()).isTrue();
        assertThat(body.path("pause").isNull()).isTrue();
        assertThat(body.path("remaining").stringValue()).isEqualTo("0");
    }
}
