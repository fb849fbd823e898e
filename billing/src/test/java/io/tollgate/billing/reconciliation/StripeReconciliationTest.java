package io.tollgate.billing.reconciliation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.RecordedFinding.State;
import io.tollgate.billing.reconciliation.Repairs.RepairResult;
import io.tollgate.billing.reconciliation.StripeReconciliation.Plan;
import io.tollgate.billing.reconciliation.StripeRuns.StartResult;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.billing.webhook.WebhookWorker;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.DisputeStart;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeReconciliationTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final World world = World.still(
            "tollgate.billing.stripe.call-timeout=2s",
            "tollgate.billing.stripe.retries=0",
            "tollgate.billing.stripe.breaker-window=1000",
            "tollgate.billing.stripe-reconciliation.calls-per-second=1000");
    private final StripeRuns runs = world.the(StripeRuns.class);
    private final Findings findings = world.the(Findings.class);
    private final Repairs repairs = world.the(Repairs.class);
    private final StripeReconciliation reconciliation = world.the(StripeReconciliation.class);
    private final WebhookWorker worker = world.the(WebhookWorker.class);
    private AccountId account = new AccountId("none");

    @BeforeEach
    void loseEveryWebhook() {
        world.clear();
        asOwner("TRUNCATE stripe_reconciliation, stripe_finding, stripe_finding_sighting");
        // Of the tests before: their payments are gone with their orders.
        asOwner("UPDATE grant_record SET given_at = given_at - interval '10 years'");
        world.advance(Duration.ofDays(1));
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        account = world.account();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Nested
    class Looking {

        @Test
        void purchasesThatNobodyToldUsOfAreFoundAndPutRightOnce() {
            String first = world.paid(account);
            String second = world.paid(account);
            AccountId other = world.account();
            String third = world.paid(other);

            StripeRun run = run();

            assertThat(kinds(run)).contains(Kind.MISSED_EVENT, Kind.PAID_NOT_GRANTED);
            assertThat(of(run, Kind.PAID_NOT_GRANTED))
                    .extracting(found -> found.finding().object())
                    .containsExactlyInAnyOrder(first, second, third);
            repairAll();
            assertThat(List.of(first, second, third))
                    .allSatisfy(session -> assertThat(world.orderState(session)).isEqualTo("GRANTED"));
            assertThat(world.grantsOf(account)).isEqualTo(2);
            assertThat(world.grantsOf(other)).isEqualTo(1);
            assertThat(all(run)).allSatisfy(found -> assertThat(found.state()).isEqualTo(State.REPAIRED));
            assertThat(all(run())).isEmpty();
        }

        @Test
        void whatStripeNoLongerTellsOfIsFoundByItsSession() {
            String session = world.paid(account);
            world.advance(Duration.ofDays(31));

            StripeRun run = run(Duration.ofDays(40));

            assertThat(all(run))
                    .filteredOn(found -> account.value().equals(found.finding().account()))
                    .extracting(found -> found.finding().kind())
                    .containsExactly(Kind.PAID_NOT_GRANTED);
            repairAll();
            assertThat(world.orderState(session)).isEqualTo("GRANTED");
            assertThat(world.grantsOf(account)).isEqualTo(1);
        }

        @Test
        void whatIsGrantedInOrderIsNotTold() {
            world.stripe().deliverWebhooks(DeliveryMode.NORMAL);
            String session = world.paid(account);
            await().until(() -> world.book().number("SELECT count(*) FROM webhook_event") > 0);
            got(worker.drain());
            assertThat(world.orderState(session)).isEqualTo("GRANTED");
            world.stripe().deliverWebhooks(DeliveryMode.NORMAL);

            assertThat(all(run())).isEmpty();
        }

        @Test
        void aGrantWithoutAPaymentIsToldAndNotTouched() {
            asOwner("INSERT INTO grant_record (account, amount_micros, cause, cause_id, priority) VALUES ('" + account
                    + "', 5000000, 'TOP_UP', 'cs_test_forged', 100)");

            StripeRun run = run();

            RecordedFinding found = all(run).getFirst();
            assertThat(found.finding().kind()).isEqualTo(Kind.GRANT_WITHOUT_PAYMENT);
            assertThat(found.finding().account()).isEqualTo(account.value());
            assertThat(found.finding().related()).isEqualTo("cs_test_forged");
            assertThat(got(repairs.repair(found.number()))).isInstanceOf(RepairResult.NoRemedy.class);
            repairAll();
            assertThat(all(run))
                    .singleElement()
                    .satisfies(left -> assertThat(left.state()).isEqualTo(State.OPEN));
            assertThat(world.grantsOf(account)).isEqualTo(1);
        }

        @Test
        void aGrantWhosePaymentStripeDoesNotKnowIsTold() {
            world.paid(account);
            repairAllOf(run());
            asOwner("UPDATE payment SET payment_intent = 'pi_unheard_of' WHERE account = '" + account + "'");

            assertThat(all(run())).singleElement().satisfies(found -> {
                assertThat(found.finding().kind()).isEqualTo(Kind.GRANT_UNPAID);
                assertThat(found.finding().related()).isEqualTo("pi_unheard_of");
            });
        }

        @Test
        void anAmountThatDiffersIsToldWithBoth() {
            String session = world.paid(account);
            repairAllOf(run());
            asOwner("UPDATE payment SET paid_minor = 899 WHERE account = '" + account + "'");

            assertThat(of(run(), Kind.AMOUNT_DIFFERS))
                    .extracting(RecordedFinding::finding)
                    .anySatisfy(found -> {
                        assertThat(found.object()).isEqualTo(session);
                        assertThat(found.amounts()).isEqualTo(new Finding.Amounts("usd", 900L, 899L));
                    });
        }

        @Test
        void moneyForAnOrderThatTheBookHasLostIsTold() {
            String session = world.paid(account);
            asOwner("DELETE FROM topup_order");

            assertThat(of(run(), Kind.PAYMENT_UNKNOWN)).singleElement().satisfies(found -> {
                assertThat(found.finding().object()).isEqualTo(session);
                assertThat(found.finding().account()).isEqualTo(account.value());
            });
        }

        @Test
        void aRefundAndADisputeThatNobodyToldUsOfAreFound() {
            String refunded = world.paid(account);
            String disputed = world.paid(account);
            repairAllOf(run());
            world.stripe().bank().refund(intentOf(refunded), 300);
            world.stripe().bank().dispute(intentOf(disputed), 900, "fraudulent", DisputeStart.NEEDS_RESPONSE);

            StripeRun run = run();

            assertThat(of(run, Kind.REFUND_UNSEEN)).singleElement().satisfies(found -> {
                assertThat(found.finding().account()).isEqualTo(account.value());
                assertThat(found.finding().amounts()).isEqualTo(new Finding.Amounts("usd", 300L, null));
            });
            assertThat(of(run, Kind.DISPUTE_UNSEEN))
                    .singleElement()
                    .satisfies(found ->
                            assertThat(found.finding().amounts()).isEqualTo(new Finding.Amounts("usd", 900L, null)));
            repairAllOf(run);
            assertThat(world.book().number("SELECT amount_minor FROM refund WHERE account = '" + account + "'"))
                    .isEqualTo(300);
            assertThat(world.book().number("SELECT count(*) FROM dispute WHERE account = '" + account + "'"))
                    .isEqualTo(1);
            assertThat(all(run())).isEmpty();
        }

        private String intentOf(String session) {
            return world.text("SELECT payment_intent FROM payment WHERE session = '" + session + "'");
        }

        @Test
        void anOrderThatNobodyKnowsTheOutcomeOfIsTold() {
            world.opened(account);
            asOwner("UPDATE topup_order SET state = 'UNANSWERED', session_id = NULL,"
                    + " created_at = created_at - interval '2 days'");

            assertThat(of(run(Duration.ofDays(89)), Kind.LEFT_WITHOUT_OUTCOME))
                    .singleElement()
                    .satisfies(found -> assertThat(found.finding().account()).isEqualTo(account.value()));
        }
    }

    @Nested
    class Running {

        @Test
        void thereIsOneRunAtATime() {
            StartResult first = got(requests().start(null, null));
            StartResult second = got(requests().start(null, null));

            assertThat(first).isInstanceOf(StartResult.Started.class);
            assertThat(second).isInstanceOf(StartResult.StillRunning.class);
        }

        @Test
        void twoGatewaysAtOnceDoTheRunOnce() {
            world.paid(account);
            begin();
            StripeReconciliation another = gateway(Duration.ofSeconds(5), LEASE, comparisons());

            Flux.merge(reconciliation.turn(), another.turn(), reconciliation.turn(), another.turn())
                    .blockLast();

            StripeRun run = got(runs.all(0, 1).next());
            assertThat(run.state()).isEqualTo(StripeRun.State.FINISHED);
            assertThat(of(run, Kind.PAID_NOT_GRANTED)).hasSize(1);
            assertThat(run.found()).isEqualTo(all(run).size());
        }

        @Test
        void aGatewayThatDiesIsFollowedByTheNextWhereItWas() {
            world.paid(account);
            begin();
            gateway(Duration.ZERO, LEASE, comparisons()).turn().block();
            StripeRun left = got(runs.all(0, 1).next());
            assertThat(left.state()).isEqualTo(StripeRun.State.RUNNING);
            assertThat(left.looked()).isPositive();

            StripeReconciliation next = gateway(Duration.ofSeconds(5), LEASE, comparisons());
            next.turn().block();
            assertThat(got(runs.all(0, 1).next()).resumed()).isZero();
            asOwner("UPDATE stripe_reconciliation SET leased_until = now()");

            finish(next);

            StripeRun run = got(runs.all(0, 1).next());
            assertThat(run.resumed()).isEqualTo(1);
            assertThat(of(run, Kind.PAID_NOT_GRANTED)).hasSize(1);
            assertThat(run.found()).isEqualTo(all(run).size());
        }

        @Test
        void whileStripeIsAwayARunStaysWhereItIs() {
            world.paid(account);
            begin();
            StripeReconciliation stepwise = gateway(Duration.ZERO, LEASE, comparisons());
            stepwise.turn().block();
            world.stripe().outage(Outage.ERROR_500, 0);
            assertThatThrownBy(() -> stepwise.turn().block()).hasMessageContaining("Stripe");
            assertThatThrownBy(() -> stepwise.turn().block()).hasMessageContaining("Stripe");
            StripeRun waiting = got(runs.all(0, 1).next());
            assertThat(waiting.state()).isEqualTo(StripeRun.State.RUNNING);
            assertThat(waiting.failures()).isEqualTo(2);
            world.stripe().endOutage();

            finish(stepwise);

            StripeRun run = got(runs.all(0, 1).next());
            assertThat(of(run, Kind.PAID_NOT_GRANTED)).hasSize(1);
            assertThat(run.found()).isEqualTo(all(run).size());
        }

        @Test
        void aComparisonThatKeepsFailingIsPassedOver() {
            Comparison broken = new Comparison() {
                @Override
                public String name() {
                    return "broken";
                }

                @Override
                public Mono<Page> look(Period period, @Nullable String place) {
                    return Mono.error(new IllegalStateException("a bug"));
                }
            };
            world.paid(account);
            begin();
            List<Comparison> all = new ArrayList<>(comparisons());
            all.addFirst(broken);
            StripeReconciliation gateway = gateway(Duration.ofSeconds(5), LEASE, all);
            assertThatThrownBy(() -> gateway.turn().block()).hasMessageContaining("a bug");

            finish(gateway);

            StripeRun run = got(runs.all(0, 1).next());
            assertThat(run.skipped()).containsExactly("broken");
            assertThat(of(run, Kind.PAID_NOT_GRANTED)).hasSize(1);
            assertThat(run.found()).isEqualTo(all(run).size());
        }
    }

    @Nested
    class Repairing {

        @Test
        void isOneEventHoweverOftenItIsAskedFor() {
            String session = world.paid(account);
            RecordedFinding found = of(run(), Kind.PAID_NOT_GRANTED).getFirst();

            List<RepairResult> results = Flux.range(0, 8)
                    .flatMap(i -> repairs.repair(found.number()))
                    .collectList()
                    .block();

            assertThat(results).hasSize(8).allMatch(RepairResult.Begun.class::isInstance);
            assertThat(world.book().number("SELECT count(*) FROM webhook_event"))
                    .isEqualTo(1);
            got(worker.drain());
            got(findings.conclude());
            assertThat(world.orderState(session)).isEqualTo("GRANTED");
            assertThat(got(repairs.repair(found.number()))).isInstanceOf(RepairResult.NotOpen.class);
            assertThat(world.grantsOf(account)).isEqualTo(1);
        }

        @Test
        void ofWhatIsRightByNowChangesNothing() {
            String session = world.paid(account);
            RecordedFinding found = of(run(), Kind.PAID_NOT_GRANTED).getFirst();
            got(world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE));

            got(repairs.repair(found.number()));
            got(worker.drain());
            got(findings.conclude());

            assertThat(got(findings.find(found.number())).state()).isEqualTo(State.REPAIRED);
            assertThat(world.grantsOf(account)).isEqualTo(1);
        }

        @Test
        void ofAnEventThatStripeHasForgottenSaysSo() {
            world.paid(account);
            RecordedFinding found = of(run(), Kind.MISSED_EVENT).getFirst();
            asOwner("UPDATE stripe_finding SET object = 'evt_gone' WHERE number = " + found.number());

            assertThat(got(repairs.repair(found.number()))).isInstanceOf(RepairResult.EventGone.class);
        }

        @Test
        void thatCameToNothingLeavesTheFindingOpen() {
            String session = world.paid(account);
            RecordedFinding found = of(run(), Kind.PAID_NOT_GRANTED).getFirst();
            got(repairs.repair(found.number()));
            asOwner("UPDATE webhook_event SET state = 'BURIED', last_error = 'no luck'");

            got(findings.conclude());

            RecordedFinding left = got(findings.find(found.number()));
            assertThat(left.state()).isEqualTo(State.OPEN);
            assertThat(left.closedBecause()).contains("no luck");
            got(repairs.repair(found.number()));
            got(worker.drain());
            assertThat(world.orderState(session)).isEqualTo("GRANTED");
        }

        @Test
        void whatIsDismissedStaysSoUntilItIsSomethingElse() {
            world.paid(account);
            asOwner("DELETE FROM topup_order");
            RecordedFinding found = of(run(), Kind.PAYMENT_UNKNOWN).getFirst();

            got(findings.dismiss(found.number(), "paid back by hand"));

            assertThat(got(repairs.repair(found.number()))).isInstanceOf(RepairResult.NotOpen.class);
            run();
            assertThat(got(findings.find(found.number())).state()).isEqualTo(State.DISMISSED);
            asOwner("UPDATE stripe_finding SET stripe_minor = 1 WHERE number = " + found.number());
            run();
            assertThat(got(findings.find(found.number())).state()).isEqualTo(State.OPEN);
        }
    }

    @Nested
    class Asking {

        @Test
        void aPeriodIsBounded() {
            Instant now = world.the(InstantSource.class).instant();

            assertThatThrownBy(() -> requests()
                            .start(now.minus(Duration.ofDays(91)), now)
                            .block())
                    .hasMessageContaining("at most 90 days");
            assertThatThrownBy(() -> requests().start(now, now.minusSeconds(1)).block())
                    .hasMessageContaining("before until");
            assertThatThrownBy(() -> requests().start(null, now.plusSeconds(60)).block())
                    .hasMessageContaining("in the past");
        }
    }

    private RunRequests requests() {
        return world.the(RunRequests.class);
    }

    private StripeRun run() {
        return run(Duration.ofHours(12));
    }

    /** After the time that events are left to the webhook. */
    private StripeRun run(Duration back) {
        StripeRun run = begin(back);
        finish(reconciliation);
        return got(runs.find(run.id()));
    }

    private StripeRun begin() {
        return begin(Duration.ofHours(12));
    }

    private StripeRun begin(Duration back) {
        world.advance(Duration.ofMinutes(5));
        Instant now = world.the(InstantSource.class).instant();
        bringTheBookUpTo(now.minusSeconds(60));
        StartResult started = got(requests().start(now.minus(back), now));
        if (!(started instanceof StartResult.Started(StripeRun run))) {
            throw new AssertionError(started);
        }
        return run;
    }

    /** The stores' clock does not run ahead as Stripe's does. */
    private void bringTheBookUpTo(Instant now) {
        asOwner("UPDATE grant_record SET given_at = '" + now + "' WHERE given_at > now() - interval '1 year'");
    }

    private void finish(StripeReconciliation gateway) {
        await().until(() -> {
            gateway.turn().onErrorComplete(IllegalStateException.class).block();
            return got(runs.all(0, 1).next()).state() == StripeRun.State.FINISHED;
        });
    }

    private void repairAll() {
        got(repairs.tend().thenReturn(1));
        got(worker.drain());
        got(repairs.tend().thenReturn(1));
    }

    private void repairAllOf(StripeRun run) {
        repairAll();
        assertThat(all(run)).allSatisfy(found -> assertThat(found.state()).isEqualTo(State.REPAIRED));
    }

    private List<RecordedFinding> all(StripeRun run) {
        return got(findings.of(run.id(), 0, 100).collectList());
    }

    private List<RecordedFinding> of(StripeRun run, Kind kind) {
        return all(run).stream().filter(found -> found.finding().kind() == kind).toList();
    }

    private List<Kind> kinds(StripeRun run) {
        return all(run).stream().map(found -> found.finding().kind()).distinct().toList();
    }

    private List<Comparison> comparisons() {
        return world.each(Comparison.class);
    }

    private StripeReconciliation gateway(Duration turn, Duration lease, List<Comparison> comparisons) {
        return new StripeReconciliation(
                runs,
                comparisons,
                new StripeReconciliationMeter(new SimpleMeterRegistry()),
                new Plan(turn, lease, Duration.ofDays(1), Duration.ofHours(1), 2, null),
                world.the(InstantSource.class));
    }

    private void asOwner(String sql) {
        world.book().owner().sql(sql).then().block();
    }
}
