package io.tollgate.billing.configuration;

import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.DeliveryLimits;
import io.tollgate.billing.notice.DeliverySettings;
import io.tollgate.billing.notice.MailSettings;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.NoticeEndpoint;
import io.tollgate.billing.notice.Routes;
import io.tollgate.billing.notice.SendingSettings;
import io.tollgate.metering.credit.Credits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * Who is told what; the server that mail goes to is Spring's {@code spring.mail.host}.
 *
 * @param sending how webhooks are sent
 * @param lowCredit the credit below which accounts that have not named one are told, a decimal; 0 for never
 * @param watch how low credit is found
 * @param callRefusedInterval an account is told once within it that its calls are refused
 */
@ConfigurationProperties(NoticeProperties.PREFIX)
record NoticeProperties(
        @DefaultValue MailLine mail,
        @DefaultValue List<EndpointLine> webhooks,
        @DefaultValue SendingLine sending,
        @DefaultValue("0") String lowCredit,
        @DefaultValue WatchLine watch,
        @DefaultValue("1h") Duration callRefusedInterval,
        @DefaultValue UpkeepLine upkeep) {

    static final String PREFIX = "tollgate.billing.notices";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

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
     * @param ofKind the most mail an account gets about one kind within {@code window}
     * @param ofAccount the most mail it gets within {@code window}
     * @param inAll the most mail all accounts together get within {@code inAllWindow}
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
            List<String> kinds,

            @Nullable String from,
            @Nullable String replyTo,
            @DefaultValue("Tollgate") String product,
            @Nullable Path templates,
            @DefaultValue("3") int ofKind,
            @DefaultValue("10") int ofAccount,
            @DefaultValue("24h") Duration window,
            @DefaultValue("1000") int inAll,
            @DefaultValue("1m") Duration inAllWindow,
            @DefaultValue("4") int concurrency,
            @DefaultValue("2m") Duration lease,
            @DefaultValue("30s") Duration firstRetry,
            @DefaultValue("1h") Duration longestRetry,
            @DefaultValue("30") int attemptsMax,
            @DefaultValue("10s") Duration timeout) {

        MailSettings settings() {
            return new MailSettings(
                    from,
                    replyTo,
                    product,
                    templates,
                    new DeliveryLimits(ofKind, ofAccount, window, inAll, inAllWindow),
                    new DeliverySettings(concurrency, lease, firstRetry, longestRetry, attemptsMax),
                    timeout);
        }
    }

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

        NoticeEndpoint endpoint(Plaintext plaintext) {
            String where = PREFIX + ".webhooks." + name;
            if (url == null || !isAllowed(url, plaintext)) {
                throw new IllegalArgumentException(
                        where + ".url has to be an https URL; http only to this machine, or with " + PREFIX
                                + ".sending.plaintext=anywhere");
            }
            try {
                return new NoticeEndpoint(name, url, secrets);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
            }
        }

        private static boolean isAllowed(URI url, Plaintext plaintext) {
            boolean mayBePlain = plaintext == Plaintext.ANYWHERE || LOOPBACK.contains(String.valueOf(url.getHost()));
            return "https".equals(url.getScheme()) || (mayBePlain && "http".equals(url.getScheme()));
        }

        /** Without the secrets, and without the URL, which may have one in it. */
        @Override
        public String toString() {
            return "EndpointLine[name=" + name + ", events=" + events + "]";
        }
    }

    /** Where http without TLS may go: notices say who pays what. */
    enum Plaintext {
        LOOPBACK,
        ANYWHERE
    }

    /** The bounds of sending webhooks; what each means is said where it is used. */
    record SendingLine(
            @DefaultValue("loopback") Plaintext plaintext,
            @DefaultValue("3s") Duration connectTimeout,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("16384") int answerMaxBytes,
            @DefaultValue("8") int connectionsMax,
            @DefaultValue("4") int concurrency,
            @DefaultValue("1m") Duration lease,
            @DefaultValue("10s") Duration firstRetry,
            @DefaultValue("4h") Duration longestRetry,
            @DefaultValue("18") int attemptsMax) {

        SendingSettings settings() {
            return new SendingSettings(
                    connectTimeout,
                    timeout,
                    answerMaxBytes,
                    connectionsMax,
                    new DeliverySettings(concurrency, lease, firstRetry, longestRetry, attemptsMax));
        }
    }

    /**
     * The watch for low credit.
     *
     * @param interval how often a gateway looks at what it has booked
     * @param walkInterval how often one of all gateways looks at a page of all accounts
     * @param page how many accounts are looked at with one statement
     * @param remembered the most accounts that wait to be looked at; the walk finds the others
     */
    record WatchLine(
            @DefaultValue("1s") Duration interval,
            @DefaultValue("2s") Duration walkInterval,
            @DefaultValue("500") int page,
            @DefaultValue("100000") int remembered) {}

    /**
     * What keeps it going.
     *
     * @param scanInterval how often a gateway looks for what is to be told, for each channel
     * @param longestPause the most that repeated failures make it pause
     * @param keep how long notices are kept
     * @param forgetAtOnce the most that are forgotten in one turn of {@code tidyInterval}
     */
    record UpkeepLine(
            @DefaultValue("1s") Duration scanInterval,
            @DefaultValue("30s") Duration longestPause,
            @DefaultValue("180d") Duration keep,
            @DefaultValue("1000") int forgetAtOnce,
            @DefaultValue("1m") Duration tidyInterval) {}

    List<NoticeEndpoint> endpoints() {
        return webhooks.stream().map(line -> line.endpoint(sending.plaintext())).toList();
    }

    Credits lowCreditThreshold() {
        try {
            return Credits.parse(lowCredit);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + ".low-credit: " + e.getMessage(), e);
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
