package io.tollgate.billing.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.shortage.Shortage;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CallRefusedNoticesTest {

    private static final AccountId ACCOUNT = new AccountId("acc-1");
    private static final Routes WANTED = new Routes(Map.of(Channel.MAIL, Set.of(Notice.Kind.CALL_REFUSED)));

    private final List<Notice> posted = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void tellsAnAccountOncePerInterval() {
        CallRefusedNotices refused = over(WANTED);

        refuse(refused, Shortage.Reason.INSUFFICIENT_CREDIT);
        now = now.plusSeconds(3_599);
        refuse(refused, Shortage.Reason.CALL_EXCEEDS_CREDIT);
        assertThat(posted).hasSize(1);
        assertThat(posted.getFirst().facts())
                .containsEntry("required", "2")
                .containsEntry("available", "-0.5")
                .containsEntry("reason", "insufficient_credit");

        now = now.plusSeconds(1);
        refuse(refused, Shortage.Reason.INSUFFICIENT_CREDIT);
        assertThat(posted.stream().map(Notice::key).distinct()).hasSize(2);
    }

    @Test
    void gatewaysTellOfTheSameIntervalUnderTheSameKey() {
        refuse(over(WANTED), Shortage.Reason.INSUFFICIENT_CREDIT);
        refuse(over(WANTED), Shortage.Reason.INSUFFICIENT_CREDIT);

        assertThat(posted.stream().map(Notice::key).distinct()).hasSize(1);
    }

    @Test
    void saysNothingOfCreditThatOnlyOtherCallsHold() {
        refuse(over(WANTED), Shortage.Reason.CREDIT_IN_USE);

        assertThat(posted).isEmpty();
    }

    @Test
    void postsNothingThatGoesNowhere() {
        refuse(over(new Routes(Map.of())), Shortage.Reason.INSUFFICIENT_CREDIT);

        assertThat(posted).isEmpty();
    }

    private CallRefusedNotices over(Routes routes) {
        Notices notices = notice -> Mono.fromRunnable(() -> posted.add(notice));
        return new CallRefusedNotices(notices, routes, Duration.ofHours(1), () -> now);
    }

    private static void refuse(CallRefusedNotices refused, Shortage.Reason reason) {
        refused.refused(new Shortage(ACCOUNT, reason, Credits.of(2), -500_000)).block();
    }
}
