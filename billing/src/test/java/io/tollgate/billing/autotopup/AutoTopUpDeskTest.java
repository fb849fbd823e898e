package io.tollgate.billing.autotopup;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.autotopup.AutoTopUpDesk.Wish;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Dispatch;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutoTopUpDeskTest {

    private static final Choice SMALL = new Choice.OfPack("small");

    private final World world =
            World.still("tollgate.billing.auto-top-up.interval=1h", "tollgate.billing.stripe.retries=0");
    private final Buyers buyers = new Buyers(world);
    private final AutoTopUpDesk desk = world.the(AutoTopUpDesk.class);

    @AfterAll
    void close() {
        world.close();
    }

    @AfterEach
    void mend() {
        world.stripe().endOutage();
        world.stripe().deliverWebhooks(DeliveryMode.NORMAL);
        buyers.events();
    }

    @Nested
    class SwitchingOn {

        @Test
        void takesTheCardThatWasSaved() {
            AccountId account = world.account();
            buyers.save(account, Buyers.VISA);

            assertThat(on(account, SMALL, 900, null)).isInstanceOf(SaveResult.Saved.class);

            Standing standing = buyers.standing(account);
            assertThat(Objects.requireNonNull(standing.card()).last4()).isEqualTo("4242");
            assertThat(standing.wish())
                    .isEqualTo(new AutoTopUp(
                            true, Buyers.THRESHOLD, new Choice.OfPack("small", "usd"), new Money(900, "usd"), null));
        }

        @Test
        void takesTheCardSavedLastWhereItsEventIsStillOnItsWay() {
            AccountId account = world.account();
            world.stripe().deliverWebhooks(DeliveryMode.HELD);
            buyers.save(account, Buyers.VISA);
            assertThat(buyers.standing(account).card()).isNull();

            assertThat(on(account, SMALL, 900, null)).isInstanceOf(SaveResult.Saved.class);

            assertThat(buyers.standing(account).card()).isNotNull();
        }

        @Test
        void takesAnAmount() {
            AccountId account = world.account();
            buyers.save(account, Buyers.VISA);

            on(account, new Choice.OfAmount(2_500), 5_000, null);

            assertThat(Objects.requireNonNull(buyers.standing(account).wish()).choice())
                    .isEqualTo(new Choice.OfAmount(2_500, "usd"));
        }

        @Test
        void saysWhatIsMissingOrWrong() {
            AccountId account = world.account();
            AccountId other = world.account();
            buyers.save(other, Buyers.VISA);
            String othersCard =
                    Objects.requireNonNull(buyers.standing(other).card()).paymentMethod();

            assertThat(on(account, SMALL, 900, null)).isEqualTo(new SaveResult.NoCard());
            assertThat(on(account, SMALL, 900, othersCard)).isEqualTo(new SaveResult.UnknownCard());
            buyers.save(account, Buyers.VISA);
            assertThat(on(account, SMALL, 900, othersCard)).isEqualTo(new SaveResult.UnknownCard());
            assertThat(on(account, SMALL, 899, null)).isEqualTo(new SaveResult.CapBelowPrice(new Money(900, "usd")));
            assertThat(on(account, new Choice.OfPack("huge"), 900, null))
                    .isEqualTo(new SaveResult.NotForSale(new Quote.UnknownPack()));
            assertThat(on(account, new Choice.OfAmount(1), 900, null))
                    .isInstanceOfSatisfying(
                            SaveResult.NotForSale.class,
                            no -> assertThat(no.quote()).isInstanceOf(Quote.AmountOutOfBounds.class));
            assertThat(buyers.standing(account).wish()).isNull();
        }

        @Test
        void changesNothingWhileStripeIsAway() {
            AccountId account = world.account();
            buyers.save(account, Buyers.VISA);
            world.stripe().outage(Outage.REFUSE, 0);

            assertThat(on(account, SMALL, 900, "pm_another")).isEqualTo(new SaveResult.StripeUnavailable());
            assertThat(got(desk.setup(world.account(), Buyers.BACK)))
                    .isEqualTo(new SavedCards.SetupResult.StripeUnavailable());

            assertThat(buyers.standing(account).wish()).isNull();
        }

        @Test
        void isUndoneBySwitchingOffAndKeepsWhatWasWished() {
            AccountId account = buyers.wanting(Buyers.VISA, 900);

            got(desk.switchOff(account));
            got(desk.switchOff(account));

            AutoTopUp wish = Objects.requireNonNull(buyers.standing(account).wish());
            assertThat(wish.enabled()).isFalse();
            assertThat(wish.offBecause()).isNull();
        }
    }

    @Nested
    class Cards {

        @Test
        void thatAreRemovedAtStripeSwitchOffOnceAndTell() {
            AccountId account = buyers.wanting(Buyers.VISA, 900);
            world.stripe().deliverWebhooks(DeliveryMode.duplicated(2));

            buyers.post("/v1/payment_methods/" + card(account) + "/detach", "");
            buyers.events();

            assertThat(buyers.standing(account).card()).isNull();
            AutoTopUp wish = Objects.requireNonNull(buyers.standing(account).wish());
            assertThat(wish.enabled()).isFalse();
            assertThat(wish.offBecause()).isEqualTo("card_removed");
            assertThat(buyers.notices(account)).containsExactly("AUTO_TOP_UP_OFF");
        }

        @Test
        void ofAnOldSessionDoNotReplaceANewerOne() {
            AccountId account = world.account();
            buyers.save(account, Buyers.VISA);
            String old = world.stripe().eventIds("checkout.session.completed").getLast();
            world.advance(Duration.ofMinutes(1));
            buyers.save(account, Buyers.AUTHENTICATES);

            world.stripe().deliverEvent(world.stripe().twinEvent(old), 1, Dispatch.ONE_BY_ONE);
            buyers.events();

            assertThat(Objects.requireNonNull(buyers.standing(account).card()).last4())
                    .isEqualTo("3184");
        }

        @Test
        void followTheCustomersDefaultUnlessTheOwnerNamedOne() {
            AccountId account = buyers.wanting(Buyers.VISA, 900);
            String customer = Objects.requireNonNull(buyers.standing(account).customer());
            String chosen = card(account);
            buyers.save(account, Buyers.AUTHENTICATES);
            String later = card(account);

            buyers.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + chosen);
            buyers.events();
            assertThat(card(account)).isEqualTo(later);

            buyers.post("/v1/payment_methods/" + later + "/detach", "");
            buyers.events();
            buyers.post("/v1/customers/" + customer, "name=Jane");
            buyers.events();
            assertThat(card(account)).isEqualTo(chosen);
        }
    }

    private String card(AccountId account) {
        return Objects.requireNonNull(buyers.standing(account).card()).paymentMethod();
    }

    private SaveResult on(AccountId account, Choice choice, long capMinor, @Nullable String paymentMethod) {
        return got(desk.switchOn(account, new Wish(Buyers.THRESHOLD, choice, capMinor, paymentMethod)));
    }
}
