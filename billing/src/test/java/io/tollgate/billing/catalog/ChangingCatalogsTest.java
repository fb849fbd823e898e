package io.tollgate.billing.catalog;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.CatalogChange.Kind;
import io.tollgate.billing.catalog.ChangingCatalogs.ChangeResult;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangingCatalogsTest {

    private static final Pack SMALL = new Pack("small", "Small", Credits.of(10), new Money(900, "usd"));
    private static final Pack LARGE = new Pack("large", "Large", Credits.of(100), new Money(8_000, "usd"));
    private static final Plan PRO = new Plan(
            "pro",
            "Pro",
            Credits.of(250),
            List.of(new PlanPrice(Interval.MONTH, new Price(new Money(500, "usd"), "price_pro"))),
            null,
            new Rollover.None(),
            null,
            null);
    private static final Catalog WRITTEN = new Catalog(List.of(SMALL, LARGE), List.of(), List.of(PRO));

    private final World world = World.still();
    private final CatalogChanges changes = world.the(CatalogChanges.class);
    private ChangingCatalogs here = new ChangingCatalogs(WRITTEN, changes, 100);
    private ChangingCatalogs there = new ChangingCatalogs(WRITTEN, changes, 100);

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void begin() {
        world.book().owner().sql("TRUNCATE catalog_change").then().block();
        here = new ChangingCatalogs(WRITTEN, changes, 100);
        there = new ChangingCatalogs(WRITTEN, changes, 100);
    }

    @Nested
    class Putting {

        @Test
        void holdsInPlaceOfWhatIsConfiguredAndKeepsThePlaceItIsShownAt() {
            put(Kind.PACK, "small", pack("small", 12));
            put(Kind.PACK, "huge", pack("huge", 1_000));

            assertThat(here.current().packs()).extracting(Pack::id).containsExactly("small", "large", "huge");
            assertThat(here.current().packs().getFirst().credits()).isEqualTo(Credits.of(12));
            assertThat(here.isChanged(Kind.PACK, "small")).isTrue();
            assertThat(here.isChanged(Kind.PACK, "large")).isFalse();
        }

        @Test
        void reachesTheOtherGatewaysWithTheirNextLook() {
            put(Kind.PLAN, "team", plan("team", 500, null));

            assertThat(there.current().plan("team")).isNull();
            there.refresh().block();

            assertThat(there.current()).isEqualTo(here.current());
        }

        @Test
        void ofTheSameAgainIsOneChange() {
            put(Kind.PACK, "small", pack("small", 12));
            put(Kind.PACK, "small", pack("small", 12));
            put(Kind.PACK, "small", pack("small", 13));
            put(Kind.PACK, "small", pack("small", 12));

            assertThat(world.book().number("SELECT count(*) FROM catalog_change"))
                    .isEqualTo(3);
        }

        @Test
        void ofWhatMakesNoSenseChangesNothing() {
            assertRefused(Kind.PACK, "small", pack("large", 12), "the line is of large, not of small");
            assertRefused(Kind.PACK, "small", pack("small", 0), "gives no credit");
            assertRefused(Kind.PLAN, "team", plan("team", 500, "price_pro"), "price_pro");
            assertRefused(Kind.CUSTOM, "usd", "{\"currency\": \"usd\"}", "minimum is missing");
            assertRefused(Kind.CUSTOM, "usd", "{\"currencie\": \"usd\"}", "there is no field currencie");
            assertRefused(Kind.CUSTOM, "usd", "minimum: 5", "not the JSON");
            assertThat(here.current()).isEqualTo(WRITTEN);
        }

        private void assertRefused(Kind kind, String id, String line, String reason) {
            assertThat(got(here.put(kind, id, line)))
                    .isInstanceOfSatisfying(
                            ChangeResult.Refused.class,
                            refused -> assertThat(refused.reason()).contains(reason));
        }
    }

    @Nested
    class Withdrawing {

        @Test
        void takesWhatIsConfiguredOutOfWhatIsForSale() {
            assertThat(got(here.withdraw(Kind.PACK, "small"))).isEqualTo(new ChangeResult.Changed());

            assertThat(here.current().packs()).containsExactly(LARGE);
        }

        @Test
        void leavesAPlanKnownForThoseWhoHaveIt() {
            put(Kind.PLAN, "team", plan("team", 500, "price_team"));
            got(here.withdraw(Kind.PLAN, "team"));
            got(here.withdraw(Kind.PLAN, "pro"));

            assertThat(here.current().plans()).isEmpty();
            assertThat(Objects.requireNonNull(here.knownPlan("team")).allowance())
                    .isEqualTo(Credits.of(500));
            assertThat(here.knownPlan("pro")).isEqualTo(PRO);
            assertThat(Objects.requireNonNull(here.knownOffer("price_team"))
                            .plan()
                            .id())
                    .isEqualTo("team");
            assertThat(Objects.requireNonNull(here.knownOffer("price_pro")).plan())
                    .isEqualTo(PRO);
            assertThat(here.knownPlan("gold")).isNull();
        }

        @Test
        void isUndoneByPutting() {
            got(here.withdraw(Kind.PACK, "small"));
            put(Kind.PACK, "small", pack("small", 12));

            assertThat(here.current().packs()).hasSize(2);
        }

        @Test
        void whatThereIsNotIsUnknown() {
            assertThat(got(here.withdraw(Kind.PACK, "huge"))).isEqualTo(new ChangeResult.Unknown());
            assertThat(got(here.withdraw(Kind.CUSTOM, "usd"))).isEqualTo(new ChangeResult.Unknown());
        }
    }

    @Nested
    class Refreshing {

        @Test
        void goesOnWithWhatIsShownWhileTheBookIsAway() {
            CatalogChanges away = new CatalogChanges() {
                private boolean read;

                @Override
                public Flux<CatalogChange> latest(int limit) {
                    Flux<CatalogChange> first = Flux.just(CatalogChange.of(Kind.PACK, "small", pack("small", 12)));
                    Flux<CatalogChange> next = read ? Flux.error(new StoreUnavailableException("away")) : first;
                    read = true;
                    return next;
                }

                @Override
                public Mono<Void> say(Kind kind, String id, @Nullable String line) {
                    return Mono.error(new StoreUnavailableException("away"));
                }
            };
            ChangingCatalogs catalogs = new ChangingCatalogs(WRITTEN, away, 100);
            catalogs.refresh().block();

            assertThat(catalogs.refresh().materialize().block())
                    .matches(signal -> signal != null && signal.isOnError());

            assertThat(catalogs.current().packs().getFirst().credits()).isEqualTo(Credits.of(12));
        }

        @Test
        void leavesOutALineThatNoLongerFitsAndShowsTheRest() {
            put(Kind.PLAN, "team", plan("team", 500, "price_team"));
            put(Kind.PACK, "small", pack("small", 12));
            Catalog other = new Catalog(
                    List.of(SMALL),
                    List.of(),
                    List.of(new Plan(
                            "gold",
                            "Gold",
                            Credits.of(1),
                            List.of(new PlanPrice(Interval.MONTH, new Price(new Money(500, "usd"), "price_team"))),
                            null,
                            new Rollover.None(),
                            null,
                            null)));
            ChangingCatalogs reconfigured = new ChangingCatalogs(other, changes, 100);

            reconfigured.refresh().block();

            assertThat(reconfigured.current().plans()).extracting(Plan::id).containsExactly("gold");
            assertThat(reconfigured.current().packs().getFirst().credits()).isEqualTo(Credits.of(12));
        }
    }

    private void put(Kind kind, String id, String line) {
        assertThat(got(here.put(kind, id, line))).isEqualTo(new ChangeResult.Changed());
    }

    private static String pack(String id, long credits) {
        return """
                {"id": "%s", "name": "A pack", "credits": "%d", "amount": 900, "currency": "usd"}""".formatted(id, credits);
    }

    private static String plan(String id, long allowance, @Nullable String stripePrice) {
        String price = stripePrice == null ? "" : ", \"stripe_price\": \"" + stripePrice + "\"";
        return """
                {"id": "%s", "name": "A plan", "allowance": "%d",
                 "prices": [{"interval": "month", "amount": 2000, "currency": "usd"%s}]}""".formatted(id, allowance, price);
    }
}
