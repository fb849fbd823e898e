package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.Item.PriceData.Recurring.Interval;
import io.tollgate.billing.World;
import io.tollgate.billing.subscription.PlanStanding.State;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is paid for is kept when a plan is ended at once, and what nothing was paid for is not given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsOfPlansTest {

    private static final String VISA = "pm_card_visa";
    private static final Credits PRO = Credits.of(250);
    private static final Credits FREE = Credits.of(7);

    private final World world = World.still(Stream.concat(
                    Arrays.stream(Subscriber.PLANS),
                    Stream.of(
                            "tollgate.billing.subscription.free-plan=free",
                            "tollgate.billing.subscription.at-end=keep-until-paid",
                            "tollgate.billing.subscription.unpriced=withhold"))
            .toArray(String[]::new));

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private State state(Subscriber subscriber) {
        return got(world.the(PlanStandings.class).of(subscriber.account)).state();
    }

    private static void cancel(Subscriber subscriber) throws StripeException {
        var _ = subscriber.stripe().v1().subscriptions().cancel(subscriber.subscription());
    }

    @Test
    void keepsThePaidMonthOfAPlanThatWasEndedAtOnceAndThenFollowsWithTheFreePlan() throws StripeException {
        Subscriber subscriber = Subscriber.with(world, VISA).monthly("pro", 500).settle();

        cancel(subscriber);

        assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
        world.advance(Duration.ofDays(20));
        assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
        world.advance(Duration.ofDays(12));
        assertThat(subscriber.due().due().spendable()).isEqualTo(FREE);
        assertThat(state(subscriber)).isEqualTo(State.FREE);
    }

    @Test
    void keepsTheMonthsOfAPaidYear() throws StripeException {
        Subscriber subscriber = Subscriber.with(world, VISA).yearly("pro", 5000).settle();

        cancel(subscriber);
        subscriber.settle();
        for (int month = 0; month < 10; month++) {
            world.advance(Duration.ofDays(31));
            assertThat(subscriber.due().spendable()).isEqualTo(PRO);
        }
        world.advance(Duration.ofDays(60));

        assertThat(subscriber.due().due().spendable()).isEqualTo(FREE);
    }

    @Test
    void givesNothingForAnInvoiceOfNothingButWritesItDown() throws StripeException {
        Subscriber subscriber = Subscriber.with(world, VISA);
        String coupon = subscriber
                .stripe()
                .v1()
                .coupons()
                .create(CouponCreateParams.builder()
                        .setPercentOff(BigDecimal.valueOf(100))
                        .setDuration(CouponCreateParams.Duration.ONCE)
                        .build())
                .getId();

        subscriber
                .subscribe(
                        "pro",
                        500,
                        Interval.MONTH,
                        request -> request.addDiscount(SubscriptionCreateParams.Discount.builder()
                                .setCoupon(coupon)
                                .build()))
                .settle();

        assertThat(subscriber.shown().getStatus()).isEqualTo("active");
        assertThat(subscriber.allowances()).isZero();
        assertThat(subscriber.payments()).isEqualTo(1);
    }
}
