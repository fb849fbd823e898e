package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.notice.Carriers;
import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.NoticeCourier;
import io.tollgate.billing.notice.NoticeCourier.Repetition;
import io.tollgate.billing.notice.SendingSettings;
import io.tollgate.metering.background.BackgroundLoop;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** A loop for each webhook endpoint, so that one that is slow or dead keeps nobody waiting. */
final class NoticeWebhookLoops implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        NoticeProperties properties =
                Binder.get(environment).bindOrCreate(NoticeProperties.PREFIX, NoticeProperties.class);
        for (NoticeProperties.EndpointLine line : properties.webhooks()) {
            registry.registerBean(
                    "noticeWebhookLoop." + line.name(),
                    BackgroundLoop.class,
                    bean -> bean.supplier(context -> loop(line.name(), context)));
        }
    }

    private static BackgroundLoop loop(String name, BeanRegistry.SupplierContext context) {
        NoticeProperties properties = context.bean(NoticeProperties.class);
        NoticeCourier courier = new NoticeCourier(
                context.bean(Deliveries.class),
                context.bean(Carriers.class).of(Channel.webhook(name)),
                context.bean(SendingSettings.class).delivery(),
                Repetition.ANY,
                NoticeConfiguration.registry(context.beanProvider(MeterRegistry.class)));
        return NoticeConfiguration.loop(
                "the webhook " + name,
                properties.upkeep().scanInterval(),
                courier.drain().then(),
                properties);
    }
}
