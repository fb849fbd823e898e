package io.tollgate.billing.notice.webhook;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.tollgate.billing.notice.Carrier;
import io.tollgate.billing.notice.Carriers;
import io.tollgate.billing.notice.NoticeEndpoint.Endpoints;
import io.tollgate.billing.notice.SendingSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

@Configuration(proxyBeanMethods = false)
class WebhookCarrierConfiguration {

    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    @Bean(destroyMethod = "dispose")
    ConnectionProvider noticeConnections(SendingSettings settings) {
        int connections =
                Math.max(settings.connectionsMax(), settings.delivery().concurrency());
        return ConnectionProvider.builder("notices")
                .maxConnections(connections)
                .pendingAcquireMaxCount(settings.delivery().concurrency())
                .pendingAcquireTimeout(settings.timeout())
                .maxIdleTime(IDLE_MAX)
                .build();
    }

    @Bean
    Carriers webhookCarriers(
            Endpoints endpoints,
            SendingSettings settings,
            ConnectionProvider noticeConnections,
            EventLoopGroup eventLoops) {
        HttpClient client = HttpClient.create(noticeConnections)
                .runOn(eventLoops)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .followRedirect(false)
                .disableRetry(true)
                .headers(headers -> headers.set("User-Agent", "Tollgate"));
        return new Carriers(endpoints.all().stream()
                .<Carrier>map(endpoint -> new WebhookCarrier(client, endpoint, settings, InstantSource.system()))
                .toList());
    }
}
