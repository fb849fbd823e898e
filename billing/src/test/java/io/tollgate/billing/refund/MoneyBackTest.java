package io.tollgate.billing.refund;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.billing.World;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.MoneyBackSettings.Policy;
import io.tollgate.billing.reversal.Calls;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.reversal.Reversals;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.DisputeStart;
import io.tollgate.sandbox.stripe.Outage;
import io.tollgate.sandbox.stripe.RefundEnd;
import io.tollgate.sandbox.stripe.RefundStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Customers take back what they have not used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneyBackTest {

    private final World world = World.still("tollgate.billing.stripe.retries=0");
    private final MoneyBack moneyBack = world.the(MoneyBack.class);

    private AccountId account = new AccountId("none");

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void open() {
        world.clear();
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        account = world.account();
    }

    @Test
    void givesBackAllOfWhatNobodyUsed() {
        Payment payment = bought();

        assertThat(take(payment)).isInstanceOf(RefundResult.Refunded.class);

        assertThat(refunded(payment)).isEqualTo(900);
        assertThat(posted()).isZero();
    }

    @Test
    void givesBackOnlyWhatWasNotUsedAndTakesExactlyThat() {
        Payment payment = bought();
        Calls.use(world, account, Credits.ofMicros(3_333_333));

        take(payment);

        assertThat(refunded(payment)).isEqualTo(600);
        assertThat(posted()).isZero();
    }

    @Test
    void whatCallsHoldIsAsGoodAsUsed() {
        Payment payment = bought();
        HoldId hold = Calls.hold(world, account, Credits.of(4));

        take(payment);
        assertThat(refunded(payment)).isEqualTo(540);
        Calls.settle(world, account, hold, Credits.of(4));

        assertThat(posted()).isZero();
    }

    @Test
    void ofTwoPurchasesOnlyTheOneIsTouched() {
        Payment first = bought();
        Payment second = bought();
        Calls.use(world, account, Credits.of(12));

        assertThat(take(first)).isEqualTo(new RefundResult.Used());
        take(second);

        assertThat(refunded(second)).isEqualTo(720);
        assertThat(posted()).isZero();
    }

    @Test
    void isGivenOncePerPayment() {
        Payment payment = bought();
        Calls.use(world, account, Credits.of(5));

        List<RefundResult> results = got(Flux.range(0, 8)
                .flatMap(_ -> moneyBack.take(account, payment.id()), 8)
                .collectList());

        assertThat(results).allMatch(RefundResult.Refunded.class::isInstance);
        assertThat(refunded(payment)).isEqualTo(450);
        assertThat(posted()).isZero();
    }

    @Test
    void whileCallsUseItNoCreditIsBothUsedAndPaidBack() {
        Payment payment = bought();
        Mono<Long> using = Flux.range(0, 60)
                .flatMap(_ -> Calls.call(world, account, Credits.ofMicros(150_000)), 6)
                .reduce(0L, (sum, used) -> sum + used.micros());

        var both = got(Mono.zip(using, moneyBack.take(account, payment.id())));

        long used = both.getT1();
        long clawed = world.book()
                .number("SELECT CAST(coalesce(sum(amount_micros), 0) AS bigint) FROM clawback_record WHERE account = '"
                        + account + "'");
        assertThat(posted()).isEqualTo(10_000_000 - used - clawed);
        assertThat(refunded(payment)).isEqualTo(900 * clawed / 10_000_000);
    }

    @Test
    void afterAPartWasRefundedTheRestIsGivenBackUpToWhatWasPaid() {
        Payment payment = bought();
        got(world.the(RefundDesk.class)
                .refund(new RefundWish(payment.id(), 301L, null, "op:" + payment.id(), AskedBy.OPERATOR)));

        take(payment);

        assertThat(refunded(payment)).isLessThanOrEqualTo(900).isGreaterThanOrEqualTo(899);
        assertThat(posted()).isZero();
    }

    @Test
    void nothingOfWhatIsAllUsed() {
        Payment payment = bought();
        Calls.use(world, account, Credits.of(10));

        assertThat(take(payment)).isEqualTo(new RefundResult.Used());
    }

    @Test
    void notAfterTheWindow() {
        Payment payment = bought();
        world.advance(Duration.ofDays(7).plusSeconds(1));

        assertThat(take(payment))
                .isEqualTo(new RefundResult.WindowOver(payment.paidAt().plus(Duration.ofDays(7))));
    }

    @Test
    void notOfOtherPeoplesPayments() {
        Payment payment = bought();

        assertThat(got(moneyBack.take(world.account(), payment.id()))).isEqualTo(new RefundResult.NoSuchPayment());
        assertThat(got(moneyBack.take(account, "ord_unheard_of"))).isEqualTo(new RefundResult.NoSuchPayment());
    }

    @Test
    void notWhereThePolicySaysSo() {
        Payment payment = bought();
        MoneyBack off = with(Policy.OFF);
        MoneyBack full = with(Policy.FULL_IF_UNUSED);

        assertThat(got(off.take(account, payment.id()))).isEqualTo(new RefundResult.NotOffered());
        Calls.use(world, account, Credits.ofMicros(1));
        assertThat(got(full.take(account, payment.id()))).isEqualTo(new RefundResult.Used());
    }

    @Test
    void inFullWhereNothingWasUsedAndThePolicySaysSo() {
        Payment payment = bought();

        got(with(Policy.FULL_IF_UNUSED).take(account, payment.id()));

        assertThat(refunded(payment)).isEqualTo(900);
    }

    @Test
    void withStripeAwayTheCreditIsKeptForIt() {
        Payment payment = bought();
        Calls.use(world, account, Credits.of(5));
        world.stripe().outage(Outage.REFUSE, 0);

        assertThat(take(payment)).isInstanceOf(RefundResult.Waiting.class);
        assertThat(posted()).isZero();
        world.stripe().endOutage();

        assertThat(take(payment)).isInstanceOf(RefundResult.Refunded.class);
        assertThat(refunded(payment)).isEqualTo(450);
    }

    @Test
    void aDisputeAfterwardsTakesTheUsedPartToo() {
        Payment payment = bought();
        Calls.use(world, account, Credits.of(4));
        take(payment);

        world.stripe().bank().dispute(intent(payment), 900, "fraudulent", DisputeStart.NEEDS_RESPONSE);
        got(world.the(Reversals.class).look(payment));

        assertThat(posted()).isEqualTo(-4_000_000);
    }

    @Test
    void whatStripeSendsBackIsNotCalledRefundedAndMayBeTakenAgainLater() {
        Payment payment = bought();
        world.stripe().bank().beginRefunds(RefundStart.PENDING);
        assertThat(take(payment)).isInstanceOf(RefundResult.Refunded.class);
        String refund = world.text("SELECT id FROM refund WHERE payment = '" + payment.id() + "'");
        world.stripe().bank().endRefund(refund, RefundEnd.FAILED);
        got(world.the(Reversals.class).look(payment));
        world.stripe().bank().beginRefunds(RefundStart.SUCCEEDED);

        assertThat(take(payment)).isEqualTo(new RefundResult.Refused("refund_failed"));
        anHourPasses(payment);

        assertThat(take(payment)).isInstanceOf(RefundResult.Refunded.class);
        assertThat(refunded(payment)).isEqualTo(1_800);
        assertThat(posted()).isZero();
    }

    @Test
    void aRefusalIsTheAnswerForAnHour() {
        Payment payment = bought();
        world.stripe().bank().dispute(intent(payment), 450, "fraudulent", DisputeStart.NEEDS_RESPONSE);
        assertThat(take(payment)).isInstanceOf(RefundResult.Refused.class);

        assertThat(take(payment)).isInstanceOf(RefundResult.Refused.class);
        assertThat(requests(payment)).isEqualTo(1);
        anHourPasses(payment);

        assertThat(take(payment)).isInstanceOf(RefundResult.Refused.class);
        assertThat(requests(payment)).isEqualTo(2);
        assertThat(posted()).isEqualTo(5_000_000);
    }

    private void anHourPasses(Payment payment) {
        world.book()
                .owner()
                .sql("UPDATE refund_request SET closed_at = closed_at - interval '1 hour' WHERE payment = '"
                        + payment.id() + "'")
                .then()
                .block();
    }

    private long requests(Payment payment) {
        return world.book().number("SELECT count(*) FROM refund_request WHERE payment = '" + payment.id() + "'");
    }

    private MoneyBack with(Policy policy) {
        return new MoneyBack(
                world.the(Payments.class),
                world.the(ReversalBook.class),
                world.the(UnusedParts.class),
                world.the(RefundDesk.class),
                new MoneyBackSettings(policy, Duration.ofDays(7)),
                world.the(InstantSource.class));
    }

    private RefundResult take(Payment payment) {
        return got(moneyBack.take(account, payment.id()));
    }

    private Payment bought() {
        Credits before = world.spendable(account);
        String session = world.paid(account);
        got(world.the(TopUps.class).fulfil(session, io.tollgate.billing.topup.AskedBy.SUCCESS_PAGE));
        await().until(() -> world.spendable(account).equals(before.plus(Credits.of(10))));
        Payment payment = got(world.the(Payments.class).of(account, null, 1).next());
        assertThat(payment.paid()).isEqualTo(new Money(900, "usd"));
        return payment;
    }

    private static String intent(Payment payment) {
        String intent = payment.paymentIntent();
        if (intent == null) {
            throw new AssertionError("not charged");
        }
        return intent;
    }

    private long refunded(Payment payment) {
        return world.book()
                .number("SELECT CAST(sum(amount_minor) AS bigint) FROM refund WHERE payment = '" + payment.id() + "'");
    }

    private long posted() {
        return got(world.the(LiveAccounts.class).read(account)).balance().postedMicros();
    }
}
