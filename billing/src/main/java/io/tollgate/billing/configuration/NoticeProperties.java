package io.tollgate.billing.configuration;

import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Routes;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Who is told what; the server that mail goes to is Spring's {@code spring.mail.host}. */
@ConfigurationProperties(NoticeProperties.PREFIX)
record NoticeProperties(
        @DefaultValue MailLine mail, @DefaultValue List<EndpointLine> webhooks) {

    static final String PREFIX = "tollgate.billing.notices";

    NoticeProperties {
        List<String> names =
                webhooks.stream().map(EndpointLine::name).distinct().toList();
        if (names.size() < webhooks.size()) {
            throw new IllegalArgumentException(PREFIX + ".webhooks: every endpoint needs a name of its own");
        }
    }

    /**
     * Mail to customers.
     *
     * @param kinds what they get mail about: the rest is for programs
     */
    record MailLine(
            @DefaultValue({
                "payment_failed",
                "payment_action_required",
                "grace_ended",
                "payment_recovered",
                "trial_ending",
                "subscription_ended",
                "low_credit",
                "refunded",
                "disputed",
                "auto_top_up_failed",
                "auto_top_up_off",
                "auto_top_up_action_required"
            })
            List<String> kinds) {}

    /**
     * A program that is told.
     *
     * @param name stands in logs, metrics and the list of deliveries
     * @param secrets what deliveries are signed with: one, or two while they are being changed
     * @param events the kinds it wants; none for all
     */
    record EndpointLine(
            @DefaultValue("") String name,
            @Nullable URI url,
            @DefaultValue List<String> secrets,
            @DefaultValue List<String> events) {

        /** Without the secrets, and without the URL, which may have one in it. */
        @Override
        public String toString() {
            return "EndpointLine[name=" + name + ", events=" + events + "]";
        }
    }

    Routes routes() {
        Map<Channel, Set<Notice.Kind>> routes = new HashMap<>();
        routes.put(Channel.MAIL, kinds("mail.kinds", mail.kinds()));
        for (EndpointLine line : webhooks) {
            Set<Notice.Kind> wanted = kinds("webhooks." + line.name() + ".events", line.events());
            routes.put(Channel.webhook(line.name()), wanted.isEmpty() ? EnumSet.allOf(Notice.Kind.class) : wanted);
        }
        return new Routes(routes);
    }

    private static Set<Notice.Kind> kinds(String where, List<String> texts) {
        Set<Notice.Kind> kinds = EnumSet.noneOf(Notice.Kind.class);
        for (String text : texts) {
            kinds.add(Arrays.stream(Notice.Kind.values())
                    .filter(kind -> kind.text().equals(text))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException(
                            PREFIX + "." + where + ": there is no kind " + text + " but " + all())));
        }
        return kinds;
    }

    private static String all() {
        return Arrays.stream(Notice.Kind.values()).map(Notice.Kind::text).collect(Collectors.joining(", "));
    }
}
