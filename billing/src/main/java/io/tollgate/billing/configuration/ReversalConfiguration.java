package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.dispute.FraudWarnings;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.MoneyBack;
import io.tollgate.billing.refund.RefundDesk;
import io.tollgate.billing.refund.RefundFinisher;
import io.tollgate.billing.refund.RefundTill;
import io.tollgate.billing.refund.UnusedParts;
import io.tollgate.billing.reversal.ChargesAtStripe;
import io.tollgate.billing.reversal.LiveRemains;
import io.tollgate.billing.reversal.PaidIntents;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.reversal.ReversalEvents;
import io.tollgate.billing.reversal.ReversalMetrics;
import io.tollgate.billing.reversal.Reversals;
import io.tollgate.billing.reversal.WhenLost;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Refunds and disputes, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReversalProperties.class)
class ReversalConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    WhenLost whenDisputeLost(ReversalProperties properties) {
        return properties.whenDisputeLost();
    }

    @Bean
    LiveRemains liveRemains(LiveAccounts live, AccountLoader loader) {
        return new LiveRemains(live, loader);
    }

    @Bean
    Reversals reversals(
            ChargesAtStripe charges,
            ReversalBook book,
            LiveRemains remains,
            Delivery delivery,
            ObjectProvider<MeterRegistry> meters) {
        return new Reversals(charges, book, remains, delivery, new ReversalMetrics(registry(meters)));
    }

    @Bean
    PaidIntents paidIntents(ChargesAtStripe charges, Payments payments, ReversalBook book) {
        return new PaidIntents(charges, payments, book);
    }

    @Bean
    ReversalEvents reversalEvents(PaidIntents payments, Reversals reversals) {
        return new ReversalEvents(payments, reversals);
    }

    @Bean
    RefundDesk refundDesk(
            Payments payments, ReversalBook book, Reversals reversals, RefundTill till, InstantSource billingClock) {
        return new RefundDesk(payments, book, reversals, till, billingClock);
    }

    @Bean
    UnusedParts unusedParts(
            Payments payments,
            ReversalBook book,
            LiveRemains remains,
            PlanStandings plans,
            InstantSource billingClock) {
        return new UnusedParts(payments, book, remains, plans, billingClock);
    }

    @Bean
    MoneyBack moneyBack(
            Payments payments,
            ReversalBook book,
            UnusedParts unusedParts,
            RefundDesk desk,
            ReversalProperties properties,
            InstantSource billingClock) {
        return new MoneyBack(
                payments, book, unusedParts, desk, properties.moneyBack().settings(), billingClock);
    }

    @Bean
    FraudWarnings fraudWarnings(
            PaidIntents payments,
            Reversals reversals,
            RefundDesk refunds,
            ReversalProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new FraudWarnings(payments, reversals, refunds, properties.onFraudWarning(), registry(meters));
    }

    @Bean
    RefundFinisher refundFinisher(ReversalBook book, RefundDesk desk, ReversalProperties properties) {
        return new RefundFinisher(book, desk, properties.asking().settings());
    }

    @Bean
    BackgroundLoop refundLoop(RefundFinisher finisher, ReversalProperties properties) {
        return new BackgroundLoop(
                "refunds without an answer",
                new BackgroundLoop.Pace(
                        properties.asking().interval(), properties.asking().longestIdle(), LAST_TURN),
                finisher.finish().then(),
                Mono.empty(),
                Schedulers.parallel());
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
