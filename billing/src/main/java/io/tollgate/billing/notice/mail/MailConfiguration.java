package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.Carrier;
import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.MailSettings;
import io.tollgate.billing.notice.mail.OutgoingMail.Letterhead;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    private static final String FROM = "tollgate.billing.notices.mail.from";
    private static final String REPLY_TO = "tollgate.billing.notices.mail.reply-to";

    @Bean(destroyMethod = "dispose")
    Scheduler mailThreads(MailSettings settings) {
        int concurrency = settings.delivery().concurrency();
        return Schedulers.newBoundedElastic(concurrency, concurrency, "mail");
    }

    @Bean
    Carrier mailCarrier(
            ObjectProvider<JavaMailSenderImpl> senders,
            MailSettings settings,
            Contacts contacts,
            Deliveries deliveries,
            Scheduler mailThreads) {
        JavaMailSenderImpl sender = senders.getIfAvailable();
        if (sender == null) {
            return new NoMail();
        }
        bound(sender.getJavaMailProperties(), settings.timeout());
        Letterhead letterhead =
                new Letterhead(required(address(FROM, settings.from())), address(REPLY_TO, settings.replyTo()));
        MailDesk desk = new MailDesk(sender, letterhead, new MailTexts(settings), mailThreads);
        return new MailCarrier(contacts, deliveries, settings.limits(), desk);
    }

    // Without these a silent server would be waited for for ever. What spring.mail.properties say goes first.
    private static void bound(Properties properties, Duration timeout) {
        String millis = Long.toString(timeout.toMillis());
        for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            properties.putIfAbsent(protocol + "connectiontimeout", millis);
            properties.putIfAbsent(protocol + "timeout", millis);
            properties.putIfAbsent(protocol + "writetimeout", millis);
            properties.putIfAbsent(protocol + "quitwait", "false");
        }
    }

    private static @Nullable InternetAddress address(String setting, @Nullable String text) {
        try {
            InternetAddress address = text == null || text.isBlank() ? null : new InternetAddress(text, true);
            if (address != null && address.getAddress().indexOf('@') < 1) {
                throw new IllegalArgumentException(setting + " needs an address with a domain");
            }
            return address;
        } catch (AddressException e) {
            throw new IllegalArgumentException(
                    setting + " has to be one address such as Acme <billing@acme.example>: " + e.getMessage(), e);
        }
    }

    private static InternetAddress required(@Nullable InternetAddress from) {
        if (from == null) {
            throw new IllegalArgumentException(FROM + " is required where spring.mail.host is set: who mail is from");
        }
        return from;
    }
}
