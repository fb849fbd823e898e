package io.tollgate.billing.refund;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.r2dbc.pool.ConnectionPool;
import io.tollgate.billing.World;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.reversal.Reversals;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.DisputeStart;
import io.tollgate.sandbox.stripe.Outage;
import io.tollgate.sandbox.stripe.RefundEnd;
import io.tollgate.sandbox.stripe.RefundStart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refunds that an operator asks for, made by the simulated Stripe. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefundDeskTest {

    private final World world = World.still(
            "tollgate.billing.stripe.call-timeout=2s",
            "tollgate.billing.stripe.retries=0",
            "tollgate.billing.stripe.breaker-window=1000");
    private final RefundDesk desk = world.the(RefundDesk.class);
    private final RefundFinisher finisher = finisher(desk);
    private final AtomicInteger causes = new AtomicInteger();

    private AccountId account = new AccountId("none");
    private Payment payment = nothing();

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void buy() {
        world.clear();
        world.stripe().bank().beginRefunds(RefundStart.SUCCEEDED);
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        account = world.account();
        payment = bought();
    }

    @Nested
    class Refunding {

        @Test
        void givesBackAllThatWasPaidAndTakesTheCredit() {
            assertThat(refund(null)).isInstanceOf(RefundResult.Refunded.class);

            assertThat(world.spendable(account)).isEqualTo(Credits.ZERO);
            assertThat(phases()).isEqualTo("SUCCEEDED 900");
            assertThat(requestState()).isEqualTo("ANSWERED");
        }

        @Test
        void givesBackAPart() {
            refund(450L);

            assertThat(world.spendable(account)).isEqualTo(Credits.of(5));
        }

        @Test
        void theSameCauseRefundsOnce() {
            RefundWish wish = wish(450L);

            List<RefundResult> results =
                    got(Flux.range(0, 10).flatMap(_ -> desk.refund(wish), 10).collectList());
            results.add(got(desk.refund(wish)));

            assertThat(results).allMatch(RefundResult.Refunded.class::isInstance);
            assertThat(phases()).isEqualTo("SUCCEEDED 450");
            assertThat(world.spendable(account)).isEqualTo(Credits.of(5));
        }

        @Test
        void theSameCauseForAnotherAmountIsAConflict() {
            RefundWish wish = wish(450L);
            got(desk.refund(wish));

            RefundWish other = new RefundWish(payment.id(), 400L, null, wish.causeId(), AskedBy.OPERATOR);

            assertThat(got(desk.refund(other))).isEqualTo(new RefundResult.Conflict("amount_minor", "450"));
        }

        @Test
        void notMoreThanWasPaid() {
            assertThat(refund(901L)).isEqualTo(new RefundResult.BeyondPaid(900, "usd"));
            refund(600L);
            assertThat(refund(301L)).isEqualTo(new RefundResult.BeyondPaid(300, "usd"));
            assertThat(refund(300L)).isInstanceOf(RefundResult.Refunded.class);
            assertThat(refund(null)).isEqualTo(new RefundResult.BeyondPaid(0, "usd"));
        }

        @Test
        void notMoreThanWasPaidHoweverManyAskAtOnce() {
            List<RefundResult> results = got(
                    Flux.range(0, 10).flatMap(_ -> desk.refund(wish(200L)), 10).collectList());

            assertThat(results)
                    .filteredOn(RefundResult.Refunded.class::isInstance)
                    .hasSize(4);
            assertThat(results)
                    .filteredOn(RefundResult.BeyondPaid.class::isInstance)
                    .hasSize(6);
        }

        @Test
        void whatWasRefundedAtStripesDashboardCounts() {
            world.stripe().bank().refund(intent(), 500);

            assertThat(refund(401L)).isEqualTo(new RefundResult.BeyondPaid(400, "usd"));
            assertThat(world.spendable(account)).isEqualTo(Credits.ofMicros(4_444_445));
        }

        @Test
        void notWhileThePaymentIsDisputed() {
            world.stripe().bank().dispute(intent(), 900, "fraudulent", DisputeStart.NEEDS_RESPONSE);

            assertThat(refund(null)).isEqualTo(new RefundResult.BeyondPaid(0, "usd"));
        }

        @Test
        void notOfAPaymentThatIsNotThere() {
            RefundWish wish = new RefundWish("ord_unheard_of", null, null, "op:none", AskedBy.OPERATOR);

            assertThat(got(desk.refund(wish))).isEqualTo(new RefundResult.NoSuchPayment());
        }

        @Test
        void oneThatIsUnderWayHasTakenTheCreditAndGivesItBackIfItFails() {
            world.stripe().bank().beginRefunds(RefundStart.PENDING);
            refund(null);
            assertThat(world.spendable(account)).isEqualTo(Credits.ZERO);

            world.stripe().bank().endRefund(refundId(), RefundEnd.FAILED);
            got(world.the(Reversals.class).look(payment));

            assertThat(world.spendable(account)).isEqualTo(Credits.of(10));
            assertThat(refund(null)).isInstanceOf(RefundResult.Refunded.class);
        }

        @Test
        void oneThatHasFailedIsNotCalledRefundedWhenItsCauseIsAskedAgain() {
            world.stripe().bank().beginRefunds(RefundStart.PENDING);
            RefundWish wish = wish(null);
            assertThat(got(desk.refund(wish))).isInstanceOf(RefundResult.Refunded.class);

            world.stripe().bank().endRefund(refundId(), RefundEnd.FAILED);
            got(world.the(Reversals.class).look(payment));

            assertThat(got(desk.refund(wish))).isEqualTo(new RefundResult.Refused("refund_failed"));
        }
    }

    @Nested
    class WithoutAnAnswer {

        @Test
        void itWaitsWithItsCreditTakenAndIsMadeOnceStripeIsBack() {
            world.stripe().outage(Outage.REFUSE, 0);
            assertThat(refund(null)).isInstanceOf(RefundResult.Waiting.class);
            assertThat(world.spendable(account)).isEqualTo(Credits.ZERO);
            assertThat(got(finisher.finish())).isEqualTo(1);
            assertThat(requestState()).isEqualTo("OPEN");
            world.stripe().endOutage();

            got(finisher.finish());

            assertThat(requestState()).isEqualTo("ANSWERED");
            assertThat(phases()).isEqualTo("SUCCEEDED 900");
            assertThat(got(finisher.finish())).isZero();
        }

        @Test
        void anAnswerThatWasLostIsFound() {
            RefundDesk deaf = deskWith(losingAnswers());
            assertThat(got(deaf.refund(wish(450L)))).isInstanceOf(RefundResult.Waiting.class);

            got(finisher.finish());

            assertThat(requestState()).isEqualTo("ANSWERED");
            assertThat(phases()).isEqualTo("SUCCEEDED 450");
            assertThat(world.spendable(account)).isEqualTo(Credits.of(5));
        }

        @Test
        void aFailureThatStripeWouldRepeatIsTriedAnew() {
            // The look before it fails, too.
            world.stripe().outage(Outage.ERROR_500_SAVED, 2);
            assertThat(refund(null)).isInstanceOf(RefundResult.Waiting.class);
            world.stripe().endOutage();

            got(finisher.finish());

            assertThat(requestState()).isEqualTo("ANSWERED");
            assertThat(phases()).isEqualTo("SUCCEEDED 900");
        }

        @Test
        void stripeIsAskedWithoutAConnectionToTheBook() {
            world.stripe().outage(Outage.REFUSE, 0);
            refund(100L);
            refund(100L);
            refund(100L);
            world.stripe().endOutage();
            List<Integer> inUse = new CopyOnWriteArrayList<>();
            RefundDesk watched = deskWith(new RefundTill() {
                @Override
                public Mono<RefundAnswer> refund(RefundRequest request, String intent) {
                    inUse.add(world.the(ConnectionPool.class)
                            .getMetrics()
                            .orElseThrow()
                            .acquiredSize());
                    return world.the(RefundTill.class).refund(request, intent);
                }

                @Override
                public Mono<Void> endPlanOf(String invoice) {
                    return Mono.empty();
                }
            });

            got(new RefundFinisher(
                            world.the(ReversalBook.class),
                            watched,
                            new RefundSettings(Duration.ZERO, Duration.ZERO, 10, 1))
                    .finish());

            assertThat(inUse).containsExactly(0, 0, 0);
        }

        @Test
        void aGatewayThatDiesAfterStripesAnswerLosesNothing() {
            AtomicInteger calls = new AtomicInteger();
            RefundDesk dying = deskWith(new RefundTill() {
                @Override
                public Mono<RefundAnswer> refund(RefundRequest request, String intent) {
                    return world.the(RefundTill.class)
                            .refund(request, intent)
                            .doOnNext(_ -> calls.incrementAndGet())
                            .then(Mono.error(new StoreUnavailableException("this gateway is no more")));
                }

                @Override
                public Mono<Void> endPlanOf(String invoice) {
                    return Mono.empty();
                }
            });
            RefundWish wish = wish(450L);
            assertThatThrownBy(() -> got(dying.refund(wish))).isInstanceOf(StoreUnavailableException.class);
            assertThat(calls).hasValue(1);

            got(finisher.finish());
            got(desk.refund(wish));

            assertThat(phases()).isEqualTo("SUCCEEDED 450");
            assertThat(world.spendable(account)).isEqualTo(Credits.of(5));
        }

        @Test
        void oneThatStripeRefusesGivesTheCreditBack() {
            world.stripe().outage(Outage.REFUSE, 0);
            assertThat(refund(900L)).isInstanceOf(RefundResult.Waiting.class);
            world.stripe().endOutage();
            world.stripe().bank().refund(intent(), 300);

            got(finisher.finish());

            assertThat(requestState()).isEqualTo("REFUSED");
            assertThat(world.spendable(account)).isEqualTo(Credits.ofMicros(6_666_667));
            assertThat(phases()).isEqualTo("SUCCEEDED 300");
            assertThat(refund(600L)).isInstanceOf(RefundResult.Refunded.class);
            assertThat(world.spendable(account)).isEqualTo(Credits.ZERO);
        }

        private RefundTill losingAnswers() {
            return new RefundTill() {
                @Override
                public Mono<RefundAnswer> refund(RefundRequest request, String intent) {
                    return world.the(RefundTill.class)
                            .refund(request, intent)
                            .then(Mono.error(new StripeUnavailableException(
                                    StripeUnavailableException.Effect.UNKNOWN, "lost", null)));
                }

                @Override
                public Mono<Void> endPlanOf(String invoice) {
                    return Mono.empty();
                }
            };
        }

        private RefundDesk deskWith(RefundTill till) {
            return new RefundDesk(
                    world.the(Payments.class),
                    world.the(ReversalBook.class),
                    world.the(Reversals.class),
                    till,
                    world.the(InstantSource.class));
        }
    }

    private RefundFinisher finisher(RefundDesk over) {
        return new RefundFinisher(
                world.the(ReversalBook.class), over, new RefundSettings(Duration.ZERO, Duration.ZERO, 10, 2));
    }

    private RefundResult refund(@Nullable Long amount) {
        return got(desk.refund(wish(amount)));
    }

    private RefundWish wish(@Nullable Long amount) {
        return new RefundWish(
                payment.id(), amount, "asked kindly", account + ":" + causes.incrementAndGet(), AskedBy.OPERATOR);
    }

    private Payment bought() {
        String session = world.paid(account);
        got(world.the(TopUps.class).fulfil(session, io.tollgate.billing.topup.AskedBy.SUCCESS_PAGE));
        await().until(() -> world.spendable(account).equals(Credits.of(10)));
        return got(world.the(Payments.class).of(account, null, 1).next());
    }

    private static Payment nothing() {
        return new Payment(
                "none",
                new AccountId("none"),
                Payment.Kind.TOP_UP,
                "None",
                new Money(0, "usd"),
                Credits.ZERO,
                null,
                null,
                null,
                null,
                Instant.EPOCH);
    }

    private String intent() {
        String intent = payment.paymentIntent();
        if (intent == null) {
            throw new AssertionError("not charged");
        }
        return intent;
    }

    private String refundId() {
        return world.text("SELECT id FROM refund WHERE payment = '" + payment.id() + "'");
    }

    private String requestState() {
        return world.text(
                "SELECT state FROM refund_request WHERE payment = '" + payment.id() + "' ORDER BY asked_at LIMIT 1");
    }

    private String phases() {
        return world.text("SELECT string_agg(phase || ' ' || amount_minor, ', ') FROM refund WHERE payment = '"
                + payment.id() + "'");
    }
}
