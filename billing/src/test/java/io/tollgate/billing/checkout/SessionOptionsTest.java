package io.tollgate.billing.checkout;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.PromotionCodeCreateParams;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.checkout.Visit.CardUse;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.FulfilResult;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DebitEnd;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the installation asks of Stripe's page, and what then comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionOptionsTest {

    private final World world = World.still(
            "tollgate.billing.checkout.automatic-tax=true",
            "tollgate.billing.checkout.tax-id-collection=true",
            "tollgate.billing.checkout.allow-promotion-codes=true",
            "tollgate.billing.checkout.invoice-creation=true",
            "tollgate.billing.checkout.payment-method-types=card,us_bank_account",
            "tollgate.billing.checkout.locale=fr");
    private final StripeClient stripe = StripeClient.builder()
            .setApiKey(World.SECRET_KEY)
            .setApiBase(world.stripe().baseUri().toString())
            .build();
    private final AccountId account = world.account();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void areAskedOfEverySession() throws StripeException {
        Session session = retrieve(world.opened(account));

        assertThat(session.getAutomaticTax().getEnabled()).isTrue();
        assertThat(session.getAllowPromotionCodes()).isTrue();
        assertThat(session.getInvoiceCreation().getEnabled()).isTrue();
        assertThat(session.getLocale()).isEqualTo("fr");
    }

    @Test
    void aBuyersLanguageAndWishToKeepTheCardGoAlong() throws StripeException {
        Visit visit = new Visit(World.URLS, "de", CardUse.KEEP);
        String id = started(got(world.the(Checkout.class).start(account, new Choice.OfPack("small"), visit)));
        world.pay(id);

        Session session = retrieve(id);
        assertThat(session.getLocale()).isEqualTo("de");
        PaymentIntent intent = stripe.v1().paymentIntents().retrieve(session.getPaymentIntent());
        assertThat(intent.getSetupFutureUsage()).isEqualTo("off_session");
        PaymentIntent other = stripe.v1()
                .paymentIntents()
                .retrieve(retrieve(world.paid(world.account())).getPaymentIntent());
        assertThat(other.getSetupFutureUsage()).isNull();
    }

    @Test
    void taxBuysNoCredit() {
        world.stripe().taxPercent(BigDecimal.valueOf(19));
        AccountId account = world.account();
        String session = world.paid(account);

        assertThat(fulfil(session)).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
        assertThat(world.book().number("SELECT paid_minor FROM payment WHERE session = '" + session + "'"))
                .isEqualTo(1_071);
        assertThat(world.book().number("SELECT paid_minor FROM grant_record WHERE cause_id = '" + session + "'"))
                .isEqualTo(900);
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 100})
    void whatACodeTakesOffBuysCreditAllTheSame(long percent) throws StripeException {
        String code = "LESS" + percent;
        String coupon = stripe.v1()
                .coupons()
                .create(CouponCreateParams.builder()
                        .setPercentOff(BigDecimal.valueOf(percent))
                        .setDuration(CouponCreateParams.Duration.ONCE)
                        .build())
                .getId();
        stripe.v1()
                .promotionCodes()
                .create(PromotionCodeCreateParams.builder()
                        .setCode(code)
                        .setPromotion(PromotionCodeCreateParams.Promotion.builder()
                                .setType(PromotionCodeCreateParams.Promotion.Type.COUPON)
                                .setCoupon(coupon)
                                .build())
                        .build());
        AccountId account = world.account();
        String session = world.opened(account);
        world.stripe().enterPromotionCode(session, code);

        assertThat(fulfil(session)).isEqualTo(new FulfilResult.AwaitingPayment(account));
        world.pay(session);

        assertThat(fulfil(session)).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
        assertThat(world.book().number("SELECT paid_minor FROM grant_record WHERE cause_id = '" + session + "'"))
                .isEqualTo(900 - 9 * percent);
    }

    @Test
    void aPaymentThatTakesDaysIsGivenOnceItIsThere() {
        AccountId account = world.account();
        String session = world.opened(account);
        world.stripe().bank().debit(session);

        assertThat(fulfil(session)).isEqualTo(new FulfilResult.AwaitingPayment(account));
        assertThat(world.orderState(session)).isEqualTo("AWAITING_PAYMENT");
        world.stripe().bank().endDebit(session, DebitEnd.SUCCEEDED);

        assertThat(fulfil(session)).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
        assertThat(notices(account)).isEqualTo("CREDIT_GRANTED");
    }

    @Test
    void aPaymentThatFailsAfterDaysIsToldOnce() {
        AccountId account = world.account();
        String session = world.opened(account);
        world.stripe().bank().debit(session);
        fulfil(session);
        world.stripe().bank().endDebit(session, DebitEnd.FAILED);

        for (int i = 0; i < 3; i++) {
            assertThat(got(world.the(TopUps.class).paymentFailed(session, AskedBy.WEBHOOK)))
                    .isEqualTo(new FulfilResult.PaymentFailed(account));
        }
        assertThat(world.orderState(session)).isEqualTo("FAILED");
        assertThat(notices(account)).isEqualTo("PAYMENT_FAILED");
    }

    @Test
    void aSessionThatExpiresClosesTheOrderAndAfterThePaymentChangesNothing() {
        AccountId account = world.account();
        String left = world.opened(account);
        world.stripe().expire(left);
        assertThat(fulfil(left)).isEqualTo(new FulfilResult.Expired(account));
        assertThat(world.orderState(left)).isEqualTo("EXPIRED");

        String paid = world.paid(account);
        fulfil(paid);
        got(world.the(TopUps.class).adopt(paid, AskedBy.WEBHOOK));
        assertThat(world.orderState(paid)).isEqualTo("GRANTED");
    }

    @Test
    void contradictingOnesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionOptions(false, false, false, false, List.of("card"), "pmc_1", "auto"))
                .withMessageContaining("not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionOptions(false, false, false, false, List.of(), null, "Deutsch"))
                .withMessageContaining("de, en-GB or auto");
    }

    private FulfilResult fulfil(String session) {
        return got(world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE));
    }

    private Session retrieve(String session) throws StripeException {
        return stripe.v1().checkout().sessions().retrieve(session);
    }

    private String notices(AccountId account) {
        return world.text("SELECT string_agg(kind, ',') FROM notice WHERE account = '" + account + "'");
    }

    private static String started(StartResult result) {
        assertThat(result).isInstanceOf(StartResult.Started.class);
        return ((StartResult.Started) result).sessionId();
    }
}
