package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.notice.CallRefusedNotices;
import io.tollgate.billing.notice.Carrier;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.LowCredit;
import io.tollgate.billing.notice.LowCreditWatch;
import io.tollgate.billing.notice.MailSettings;
import io.tollgate.billing.notice.NoticeCourier;
import io.tollgate.billing.notice.NoticeCourier.Repetition;
import io.tollgate.billing.notice.NoticeEndpoint.Endpoints;
import io.tollgate.billing.notice.NoticeHousekeeping;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.notice.Routes;
import io.tollgate.billing.notice.SendingSettings;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.usage.BookedLately;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Notices, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeProperties.class)
@Import(NoticeWebhookLoops.class)
class NoticeConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    Routes noticeRoutes(NoticeProperties properties) {
        return properties.routes();
    }

    @Bean
    MailSettings mailSettings(NoticeProperties properties) {
        return properties.mail().settings();
    }

    @Bean
    SendingSettings noticeSendingSettings(NoticeProperties properties) {
        return properties.sending().settings();
    }

    @Bean
    Endpoints noticeEndpoints(NoticeProperties properties) {
        return new Endpoints(properties.endpoints());
    }

    @Bean
    BackgroundLoop noticeMailLoop(
            Deliveries deliveries,
            Carrier mailCarrier,
            MailSettings settings,
            NoticeProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        NoticeCourier courier =
                new NoticeCourier(deliveries, mailCarrier, settings.delivery(), Repetition.ONCE, registry(meters));
        return loop(
                "mail to customers",
                properties.upkeep().scanInterval(),
                courier.drain().then(),
                properties);
    }

    @Bean
    NoticeHousekeeping noticeHousekeeping(
            Deliveries deliveries, Routes routes, NoticeProperties properties, ObjectProvider<MeterRegistry> meters) {
        NoticeProperties.UpkeepLine upkeep = properties.upkeep();
        return new NoticeHousekeeping(
                deliveries, routes.kinds().keySet(), upkeep.keep(), upkeep.forgetAtOnce(), registry(meters));
    }

    @Bean
    BackgroundLoop noticeHousekeepingLoop(NoticeHousekeeping housekeeping, NoticeProperties properties) {
        return loop("the housekeeping of notices", properties.upkeep().tidyInterval(), housekeeping.tidy(), properties);
    }

    @Bean
    BookedLately bookedForNotices(NoticeProperties properties) {
        return new BookedLately(properties.watch().remembered());
    }

    @Bean
    LowCreditWatch lowCreditWatch(LowCredit lowCredit, BookedLately bookedForNotices, NoticeProperties properties) {
        return new LowCreditWatch(
                lowCredit,
                bookedForNotices,
                properties.lowCreditThreshold(),
                properties.watch().page());
    }

    @Bean
    BackgroundLoop lowCreditLoop(LowCreditWatch watch, NoticeProperties properties) {
        return loop("the watch for low credit", properties.watch().interval(), watch.look(), properties);
    }

    @Bean
    BackgroundLoop lowCreditWalkLoop(LowCreditWatch watch, NoticeProperties properties) {
        return loop("the walk for low credit", properties.watch().walkInterval(), watch.walk(), properties);
    }

    @Bean
    CallRefusedNotices callRefusedNotices(Notices notices, Routes routes, NoticeProperties properties) {
        return new CallRefusedNotices(notices, routes, properties.callRefusedInterval(), InstantSource.system());
    }

    static BackgroundLoop loop(String name, Duration interval, Mono<Void> turn, NoticeProperties properties) {
        Duration longest = properties.upkeep().longestPause();
        return new BackgroundLoop(
                name,
                new BackgroundLoop.Pace(interval, longest.compareTo(interval) > 0 ? longest : interval, LAST_TURN),
                turn,
                Mono.empty(),
                Schedulers.parallel());
    }

    static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
