package io.tollgate.billing.autotopup;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.autotopup.AutoTopUpDesk.Wish;
import io.tollgate.billing.autotopup.SavedCards.SetupResult;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.webhook.WebhookWorker;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.CheckoutResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Accounts with saved cards, and what has become of them. */
final class Buyers {

    static final String VISA = World.VISA;
    static final String DECLINED = "4000000000000341";
    static final String AUTHENTICATES = "4000002760003184";
    static final URI BACK = URI.create("http://localhost/");
    static final Credits THRESHOLD = Credits.of(5);
    /** Of the small pack, 10 credits. */
    static final long PRICE = 900;

    private final World world;
    private final AutoTopUpDesk desk;

    Buyers(World world) {
        this.world = world;
        this.desk = world.the(AutoTopUpDesk.class);
    }

    AccountId wanting(String card, long capMinor) {
        AccountId account = world.account();
        save(account, card);
        assertThat(switchOn(account, capMinor)).isInstanceOf(SaveResult.Saved.class);
        return account;
    }

    SaveResult switchOn(AccountId account, long capMinor) {
        return got(desk.switchOn(account, new Wish(THRESHOLD, new Choice.OfPack("small"), capMinor, null)));
    }

    /** Saves a card on Stripe's page, as the owner of the account does. */
    void save(AccountId account, String card) {
        SetupResult setup = got(desk.setup(account, BACK));
        assertThat(setup).isInstanceOf(SetupResult.Started.class);
        String session = ((SetupResult.Started) setup).sessionId();
        assertThat(world.stripe().pay(session, card)).isInstanceOf(CheckoutResult.Paid.class);
        events();
    }

    /** Has everything handled that Stripe has told of. */
    void events() {
        try {
            assertThat(world.stripe().awaitDeliveries(Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        got(world.the(WebhookWorker.class).drain());
    }

    void look() {
        got(world.the(AutoTopUpWatch.class).look());
    }

    /** Of all attempts, oldest first. */
    List<String> states(AccountId account) {
        return list("SELECT state FROM auto_topup_attempt WHERE account = '" + account + "' ORDER BY started_at");
    }

    List<String> notices(AccountId account) {
        return list("SELECT kind FROM notice WHERE account = '" + account + "' ORDER BY number");
    }

    List<String> list(String sql) {
        return got(world.book().client().sql(sql).mapValue(String.class).all().collectList());
    }

    String intent(AccountId account) {
        return world.text("SELECT payment_intent FROM auto_topup_attempt WHERE account = '" + account
                + "' ORDER BY started_at DESC LIMIT 1");
    }

    long payments(AccountId account) {
        return world.book()
                .number("SELECT count(*) FROM payment WHERE kind = 'AUTO_TOP_UP' AND paid_minor = " + PRICE
                        + " AND account = '" + account + "'");
    }

    Standing standing(AccountId account) {
        return got(desk.standing(account));
    }

    /** Asks the simulated Stripe for something that nobody here ever does. */
    void post(String path, String form) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            world.stripe().baseUri().resolve(path))
                    .header("Authorization", "Bearer " + World.SECRET_KEY)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
