package io.tollgate.billing.autotopup;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.autotopup.Decision.Reason;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.shortage.Shortage;
import io.tollgate.billing.shortage.Shortages;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Dispatch;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutoTopUpsTest {

    private static final long NO_CAP = 1_000_000;

    private final World world = World.still(
            "tollgate.billing.auto-top-up.interval=1h",
            "tollgate.billing.shortage.interval=1h",
            "tollgate.billing.shortage.longest-pause=1h",
            "tollgate.billing.auto-top-up.longest-pause=1h",
            "tollgate.billing.stripe.call-timeout=4s",
            "tollgate.billing.stripe.retries=0");
    private final Buyers buyers = new Buyers(world);
    private final AutoTopUps autoTopUps = world.the(AutoTopUps.class);

    @AfterAll
    void close() {
        world.close();
    }

    /** So that the loop has nothing to do with what a test leaves behind. */
    @AfterEach
    void leave() {
        world.stripe().endOutage();
        world.stripe().deliverWebhooks(DeliveryMode.NORMAL);
        buyers.events();
        world.book()
                .owner()
                .sql(
                        "UPDATE auto_topup SET enabled = false; UPDATE auto_topup_attempt SET state = 'ABANDONED' WHERE state <> 'GRANTED'")
                .then()
                .block();
    }

    @Nested
    class Beginning {

        @Test
        void chargesTheSavedCardWhenCreditIsBelowTheThreshold() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);

            buyers.look();

            assertGrantedOnce(account);
            assertThat(buyers.notices(account)).containsExactly("CREDIT_GRANTED");
            await().until(() -> world.spendable(account).equals(Credits.of(10)));
            assertThat(world.text("SELECT cause_id FROM grant_record WHERE account = '" + account + "'"))
                    .isEqualTo(buyers.intent(account));
        }

        @Test
        void doesNotChargeAgainForCreditThatIsNotBookedYet() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            buyers.look();
            world.advance(Duration.ofMinutes(2));

            buyers.look();

            assertGrantedOnce(account);
        }

        @Test
        void chargesWhenACallIsRefused() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);

            refuse(account, Shortage.Reason.INSUFFICIENT_CREDIT);

            assertGrantedOnce(account);
        }

        @Test
        void chargesForARefusedCallThoughCreditIsAboveTheThreshold() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            buyers.look();
            await().until(() -> world.spendable(account).equals(Credits.of(10)));
            world.advance(Duration.ofMinutes(2));

            world.the(Shortages.class)
                    .report(new Shortage(account, Shortage.Reason.CALL_EXCEEDS_CREDIT, Credits.of(15), 10_000_000));
            world.the(Shortages.class).tell().block();

            assertThat(buyers.states(account)).containsExactly("GRANTED", "GRANTED");
        }

        @Test
        void doesNotChargeForACallThatCouldBePaidByNow() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            buyers.look();
            await().until(() -> world.spendable(account).equals(Credits.of(10)));
            world.advance(Duration.ofMinutes(2));

            refuse(account, Shortage.Reason.INSUFFICIENT_CREDIT);

            assertGrantedOnce(account);
        }

        @Test
        void doesNotChargeForCreditThatOtherCallsHold() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);

            refuse(account, Shortage.Reason.CREDIT_IN_USE);

            assertThat(buyers.states(account)).isEmpty();
        }

        @Test
        void doesNothingForAccountsThatNeverAskedForIt() {
            AccountId account = world.account();

            refuse(account, Shortage.Reason.INSUFFICIENT_CREDIT);
            buyers.look();

            assertThat(buyers.states(account)).isEmpty();
        }

        @Test
        void leavesItToOneOfManyGateways() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            List<AutoTopUps> gateways = List.of(autoTopUps, anotherGateway(), anotherGateway());

            List<Decision> decisions = Objects.requireNonNull(Flux.range(0, 24)
                    .flatMap(
                            i -> gateways.get(i % 3)
                                    .begin(account, i % 2 == 0 ? Trigger.THRESHOLD : Trigger.REFUSED_CALL),
                            24)
                    .collectList()
                    .block());

            assertThat(decisions).filteredOn(Decision.Start.class::isInstance).hasSize(1);
            assertGrantedOnce(account);
        }

        @Test
        void coolsDownInBetween() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            buyers.look();

            Decision atOnce = got(autoTopUps.begin(account, Trigger.REFUSED_CALL));
            world.advance(Duration.ofSeconds(61));
            Decision later = got(autoTopUps.begin(account, Trigger.REFUSED_CALL));

            assertThat(atOnce).isEqualTo(new Decision.Skip(Reason.COOLING_DOWN));
            assertThat(later).isInstanceOf(Decision.Start.class);
        }

        @Test
        void neverGoesBeyondTheCapOfTheMonth() {
            AccountId account = buyers.wanting(Buyers.VISA, 2 * Buyers.PRICE + 1);
            List<Decision> decisions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                decisions.add(got(autoTopUps.begin(account, Trigger.REFUSED_CALL)));
                world.advance(Duration.ofMinutes(2));
            }

            assertThat(decisions.subList(0, 2)).allMatch(Decision.Start.class::isInstance);
            assertThat(decisions.subList(2, 4)).allMatch(new Decision.Skip(Reason.CAP_REACHED)::equals);
            assertThat(buyers.standing(account).spentMinor()).isEqualTo(2 * Buyers.PRICE);
            assertThat(buyers.notices(account))
                    .containsExactly("CREDIT_GRANTED", "CREDIT_GRANTED", "AUTO_TOP_UP_FAILED");

            world.advance(Duration.ofDays(31));

            assertThat(got(autoTopUps.begin(account, Trigger.REFUSED_CALL))).isInstanceOf(Decision.Start.class);
        }

        @Test
        void stopsWhileAPaymentIsDisputedOrTheAccountFrozen() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            buyers.look();
            world.advance(Duration.ofMinutes(2));
            owner("INSERT INTO dispute (id, payment, account, amount_minor, phase, opened_at) SELECT 'du_' || id, id,"
                    + " account, 900, 'OPEN', now() FROM payment WHERE account = '" + account + "'");
            Decision disputed = got(autoTopUps.begin(account, Trigger.REFUSED_CALL));
            owner("UPDATE dispute SET phase = 'WON' WHERE account = '" + account + "'");
            owner("INSERT INTO account_freeze (cause, account) VALUES ('test', '" + account + "')");
            Decision frozen = got(autoTopUps.begin(account, Trigger.REFUSED_CALL));
            owner("UPDATE account_freeze SET lifted_at = now() WHERE account = '" + account + "'");

            assertThat(disputed).isEqualTo(new Decision.Skip(Reason.SUSPENDED));
            assertThat(frozen).isEqualTo(new Decision.Skip(Reason.SUSPENDED));
            assertThat(got(autoTopUps.begin(account, Trigger.REFUSED_CALL))).isInstanceOf(Decision.Start.class);
        }
    }

    @Nested
    class Declined {

        @Test
        void backsOffLongerEachTimeAndIsSwitchedOffInTheEnd() {
            AccountId account = buyers.wanting(Buyers.DECLINED, NO_CAP);
            buyers.look();
            world.advance(Duration.ofMinutes(59));
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("DECLINED");
            assertThat(got(autoTopUps.begin(account, Trigger.REFUSED_CALL)))
                    .isEqualTo(new Decision.Skip(Reason.BACKING_OFF));

            world.advance(Duration.ofMinutes(2));
            buyers.look();
            world.advance(Duration.ofMinutes(119));
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("DECLINED", "DECLINED");
            world.advance(Duration.ofMinutes(2));
            buyers.look();
            buyers.events();

            assertThat(buyers.states(account)).containsExactly("DECLINED", "DECLINED", "DECLINED");
            assertThat(buyers.notices(account))
                    .containsExactly("AUTO_TOP_UP_FAILED", "AUTO_TOP_UP_FAILED", "AUTO_TOP_UP_OFF");
            AutoTopUp wish = Objects.requireNonNull(buyers.standing(account).wish());
            assertThat(wish.enabled()).isFalse();
            assertThat(wish.offBecause()).isEqualTo("generic_decline");
            assertThat(world.grantsOf(account)).isZero();
            assertThat(buyers.payments(account)).isZero();
        }

        @Test
        void leavesTheSameCardAloneHoweverOftenItIsSaved() {
            AccountId account = buyers.wanting(Buyers.DECLINED, NO_CAP);
            buyers.look();
            world.advance(Duration.ofMinutes(10));

            buyers.save(account, Buyers.DECLINED);
            Decision same = got(autoTopUps.begin(account, Trigger.REFUSED_CALL));
            buyers.save(account, Buyers.VISA);
            Decision another = got(autoTopUps.begin(account, Trigger.REFUSED_CALL));

            assertThat(same).isEqualTo(new Decision.Skip(Reason.BACKING_OFF));
            assertThat(another).isInstanceOf(Decision.Start.class);
            assertThat(buyers.states(account)).containsExactly("DECLINED", "GRANTED");
        }

        @Test
        void countsAgainFromNothingOnceACardIsCharged() {
            AccountId account = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);
            buyers.look();
            world.stripe().bank().refuseAuthentication(buyers.intent(account));
            buyers.events();
            assertThat(buyers.standing(account).behaviour().failures()).isEqualTo(1);
            world.advance(Duration.ofMinutes(61));
            buyers.look();

            world.stripe().bank().authenticate(buyers.intent(account));
            buyers.events();

            assertThat(buyers.states(account)).containsExactly("DECLINED", "GRANTED");
            assertThat(buyers.standing(account).behaviour()).isEqualTo(new Standing.Behaviour(0, null));
        }

        @Test
        void isSwitchedOffAtOnceWhereTheCardIsGone() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
            buyers.post("/v1/payment_methods/" + card(account) + "/detach", "");
            owner("UPDATE auto_topup_method SET payment_method = 'pm_gone' WHERE account = '" + account + "'");

            buyers.look();

            assertThat(buyers.states(account)).containsExactly("DECLINED");
            assertThat(buyers.notices(account)).containsExactly("AUTO_TOP_UP_OFF");
        }
    }

    @Nested
    class ToBeConfirmed {

        @Test
        void tellsWhereAndGrantsOnceItIs() {
            AccountId account = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);
            buyers.look();
            buyers.events();
            String intent = buyers.intent(account);

            assertThat(buyers.states(account)).containsExactly("ACTION_REQUIRED");
            assertThat(buyers.notices(account)).containsExactly("AUTO_TOP_UP_ACTION_REQUIRED");
            assertThat(world.text("SELECT facts->>'url' FROM notice WHERE account = '" + account + "'"))
                    .endsWith("/c/authenticate/" + intent);
            assertThat(got(autoTopUps.begin(account, Trigger.REFUSED_CALL)))
                    .isEqualTo(new Decision.Skip(Reason.UNDER_WAY));
            world.advance(Duration.ofHours(2));
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("ACTION_REQUIRED");

            assertThat(world.stripe().bank().authenticate(intent)).isTrue();
            buyers.events();

            assertGrantedOnce(account);
            assertThat(buyers.notices(account)).containsExactly("AUTO_TOP_UP_ACTION_REQUIRED", "CREDIT_GRANTED");
        }

        @Test
        void isFoundConfirmedByTheLoopWhereEventsAreLost() {
            AccountId account = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);
            buyers.look();
            world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
            world.stripe().bank().authenticate(buyers.intent(account));

            world.advance(Duration.ofMinutes(2));
            buyers.look();

            assertGrantedOnce(account);
        }

        @Test
        void isDeclinedWhereTheCardholderSaysNo() {
            AccountId account = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);
            buyers.look();

            world.stripe().bank().refuseAuthentication(buyers.intent(account));
            buyers.events();

            assertThat(buyers.states(account)).containsExactly("DECLINED");
            assertThat(buyers.notices(account)).containsExactly("AUTO_TOP_UP_ACTION_REQUIRED", "AUTO_TOP_UP_FAILED");
        }

        @Test
        void isCancelledAfterADay() {
            AccountId account = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);
            buyers.look();
            world.advance(Duration.ofHours(25));
            owner("UPDATE auto_topup SET due_at = due_at + interval '1 year' WHERE account = '" + account + "'");

            buyers.look();
            buyers.events();

            assertThat(buyers.states(account)).containsExactly("EXPIRED");
            assertThat(buyers.standing(account).behaviour().failures()).isEqualTo(1);
            assertThat(got(world.the(CardCharges.class).find(buyers.intent(account)))
                            .status())
                    .isEqualTo(Intent.Status.CANCELED);
        }
    }

    @Nested
    class Unanswered {

        @ParameterizedTest
        @ValueSource(strings = {"TIMEOUT_BEFORE_EFFECT", "TIMEOUT_AFTER_EFFECT"})
        void isAskedAboutUntilItIsKnown(Outage outage) {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
            world.stripe().outage(outage, 1);
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("UNANSWERED");
            world.stripe().endOutage();
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("UNANSWERED");

            world.advance(Duration.ofMinutes(2));
            buyers.look();

            assertGrantedOnce(account);
        }

        @Test
        void isGrantedByTheWebhookTheRequestNeverHeardOf() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            world.stripe().outage(Outage.TIMEOUT_AFTER_EFFECT, 1);
            buyers.look();
            world.stripe().endOutage();

            buyers.events();
            world.advance(Duration.ofMinutes(2));
            buyers.look();

            assertGrantedOnce(account);
        }

        @Test
        void isGivenUpWhereStripeWouldOnlyRepeatItsFailureAndTriedAnewLater() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            world.stripe().outage(Outage.ERROR_500_SAVED, 1);
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("FAULTED");

            world.advance(Duration.ofMinutes(2));
            buyers.look();
            assertThat(buyers.states(account)).containsExactly("FAULTED");
            world.advance(Duration.ofMinutes(10));
            buyers.look();
            world.advance(Duration.ofMinutes(1));
            buyers.look();

            assertThat(buyers.states(account)).containsExactly("ABANDONED", "GRANTED");
            assertThat(world.grantsOf(account)).isEqualTo(1);
            assertThat(buyers.standing(account).behaviour().failures()).isZero();
        }

        @Test
        void isAskedForWhereTheGatewayDiedBeforeItAsked() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            Decision begun = begunOnly(account);
            assertThat(begun).isInstanceOf(Decision.Start.class);

            world.advance(Duration.ofMinutes(2));
            buyers.look();

            assertGrantedOnce(account);
        }

        @Test
        void isNotAskedForWhereNobodyWantsItAnyMore() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            begunOnly(account);
            got(world.the(AutoTopUpDesk.class).switchOff(account));

            world.advance(Duration.ofMinutes(2));
            buyers.look();

            assertThat(buyers.states(account)).containsExactly("ABANDONED");
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void isGrantedIfItWasPaidThoughItWasGivenUp() {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            world.stripe().deliverWebhooks(DeliveryMode.HELD);
            world.stripe().outage(Outage.TIMEOUT_AFTER_EFFECT, 1);
            buyers.look();
            world.stripe().endOutage();
            owner("UPDATE auto_topup_attempt SET state = 'ABANDONED' WHERE account = '" + account + "'");

            world.stripe().flushWebhooks();
            buyers.events();

            assertGrantedOnce(account);
        }

        private Decision begunOnly(AccountId account) {
            AutoTopUpBook book = world.the(AutoTopUpBook.class);
            Guards guards = new Guards(world.the(Catalogs.class), world.the(AutoTopUpSettings.class));
            Instant now = world.stripe().now();
            return got(book.begin(account, now, standing -> guards.decide(standing, Trigger.THRESHOLD, now)));
        }
    }

    @Nested
    class Events {

        /** The three that a charge makes, in the order of the digits, each twice. */
        @ParameterizedTest
        @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
        void grantOnceInAnyOrderAndNumber(String order) {
            AccountId account = buyers.wanting(Buyers.VISA, NO_CAP);
            world.stripe().deliverWebhooks(DeliveryMode.HELD);
            world.stripe().outage(Outage.TIMEOUT_AFTER_EFFECT, 1);
            buyers.look();
            world.stripe().endOutage();
            List<String> events = List.of(
                    world.stripe().eventIds("payment_intent.created").getLast(),
                    world.stripe().eventIds("charge.succeeded").getLast(),
                    world.stripe().eventIds("payment_intent.succeeded").getLast());

            for (int i = 0; i < order.length(); i++) {
                String event = events.get(order.charAt(i) - '0');
                world.stripe().deliverEvent(event, 2, Dispatch.AT_ONCE);
                world.stripe().deliverEvent(world.stripe().twinEvent(event), 1, Dispatch.ONE_BY_ONE);
                buyers.events();
            }

            assertGrantedOnce(account);
        }

        @Test
        void ofADeclineThatComeLateChangeNothing() {
            AccountId account = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);
            world.stripe().deliverWebhooks(DeliveryMode.HELD);
            buyers.look();
            world.stripe().bank().authenticate(buyers.intent(account));
            String failed =
                    world.stripe().eventIds("payment_intent.payment_failed").getLast();
            String asked =
                    world.stripe().eventIds("payment_intent.requires_action").getLast();
            String paid = world.stripe().eventIds("payment_intent.succeeded").getLast();

            for (String event : List.of(paid, asked, failed, paid)) {
                world.stripe().deliverEvent(event, 1, Dispatch.ONE_BY_ONE);
                buyers.events();
            }

            assertGrantedOnce(account);
            assertThat(buyers.standing(account).behaviour().failures()).isZero();
        }

        @Test
        void ofOtherPaymentsAreIgnored() {
            AccountId account = world.account();
            world.paid(account);
            String intent = world.stripe().eventIds("payment_intent.succeeded").getLast();

            assertThat(got(world.the(IntentEvents.class)
                            .handle(new TakenEvent(intent, "payment_intent.succeeded", "pi_of_nobody", 1))))
                    .isEqualTo(Handling.ignored());
            buyers.events();
            assertThat(world.text("SELECT state FROM webhook_event WHERE id = '" + intent + "'"))
                    .isEqualTo("IGNORED");
        }
    }

    @Nested
    class Counting {

        @Test
        void tellsOperatorsWhatHappens() {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            AutoTopUps counted = gateway(meters);
            AccountId good = buyers.wanting(Buyers.VISA, NO_CAP);
            AccountId bad = buyers.wanting(Buyers.DECLINED, NO_CAP);
            AccountId asked = buyers.wanting(Buyers.AUTHENTICATES, NO_CAP);

            for (AccountId account : List.of(good, bad, asked)) {
                got(counted.begin(account, Trigger.REFUSED_CALL));
            }
            got(counted.begin(good, Trigger.REFUSED_CALL));

            assertThat(count(meters, "tollgate.auto_topup.started", "trigger", "refused_call"))
                    .isEqualTo(3);
            assertThat(count(meters, "tollgate.auto_topup.ended", "outcome", "granted"))
                    .isEqualTo(1);
            assertThat(count(meters, "tollgate.topup.granted", "cause", "auto_top_up"))
                    .isEqualTo(1);
            assertThat(count(meters, "tollgate.auto_topup.ended", "outcome", "declined"))
                    .isEqualTo(1);
            assertThat(meters.counter("tollgate.auto_topup.action_required").count())
                    .isEqualTo(1);
            assertThat(count(meters, "tollgate.auto_topup.skipped", "reason", "cooling_down"))
                    .isEqualTo(1);
        }

        private double count(SimpleMeterRegistry meters, String name, String tag, String value) {
            return meters.counter(name, tag, value).count();
        }
    }

    private AutoTopUps anotherGateway() {
        return gateway(new SimpleMeterRegistry());
    }

    private AutoTopUps gateway(SimpleMeterRegistry meters) {
        AutoTopUpSettings settings = world.the(AutoTopUpSettings.class);
        return new AutoTopUps(
                world.the(AutoTopUpBook.class),
                world.the(CardCharges.class),
                new Guards(world.the(Catalogs.class), settings),
                world.the(Delivery.class),
                new AutoTopUpMetrics(meters),
                settings,
                world.stripe()::now);
    }

    private String card(AccountId account) {
        return Objects.requireNonNull(buyers.standing(account).card()).paymentMethod();
    }

    private void refuse(AccountId account, Shortage.Reason reason) {
        world.the(Shortages.class).report(new Shortage(account, reason, Credits.of(1), 0));
        world.the(Shortages.class).tell().block();
    }

    private void owner(String sql) {
        world.book().owner().sql(sql).then().block();
    }

    private void assertGrantedOnce(AccountId account) {
        assertThat(buyers.states(account)).containsExactly("GRANTED");
        assertThat(world.grantsOf(account)).isEqualTo(1);
        assertThat(buyers.payments(account)).isEqualTo(1);
    }
}
