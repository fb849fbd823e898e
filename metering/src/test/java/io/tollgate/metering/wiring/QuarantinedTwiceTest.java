package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.Quarantine;
import io.tollgate.metering.usage.Quarantine.Decision;
import io.tollgate.metering.usage.Quarantine.Entry;
import io.tollgate.metering.usage.Quarantine.Resolution;
import io.tollgate.metering.usage.QuarantineDesk;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two entries that cannot be booked and had the same number: one before Redis was rolled back, one after. */
class QuarantinedTwiceTest {

    private static final long GIVEN = 100_000_000;
    private static final long BEFORE = 777;
    private static final long AFTER = 778;

    private final Metering metering = Metering.start("tollgate.metering.kept.interval=1h");
    private final Metering other = metering.beside("tollgate.metering.kept.interval=1h");
    private final LostRedis redis = new LostRedis(metering.redisUri());
    private final AccountId account = metering.open();

    @BeforeEach
    void useANumberTwice() {
        metering.give(account, Credits.ofMicros(GIVEN), null);
        flush(metering);
        got(other.live().read(account)); // learns the epoch, and of no number that is used twice
        List<LostRedis.Saved> saved = redis.save();
        asOwner("ALTER TABLE usage_event ADD CONSTRAINT poison CHECK (charged_micros NOT IN (777, 778))");
        got(metering.call(account, BEFORE, BEFORE));
        flush(metering);
        redis.rollBackTo(saved);
        got(other.call(account, AFTER, AFTER));
        got(other.call(account, AFTER, AFTER));
        flush(other);
    }

    @AfterEach
    void close() {
        redis.close();
        other.close();
        metering.close();
    }

    @Test
    void bothAreKept() {
        assertThat(charged(waiting(10))).containsExactlyInAnyOrder(BEFORE, AFTER, AFTER);
        assertThat(metering.book().number("SELECT count(DISTINCT number) FROM quarantine WHERE event_id <> ''"))
                .isEqualTo(2);
    }

    @Test
    void aPageShowsBothOrNone() {
        assertThat(charged(waiting(1))).containsExactlyInAnyOrder(BEFORE, AFTER);
    }

    @Test
    void bothAreBookedAfterAll() {
        asOwner("ALTER TABLE usage_event DROP CONSTRAINT poison");

        assertThat(got(other.bean(QuarantineDesk.class).resolve(account, Decision.BOOK, "the constraint was wrong")))
                .isEqualTo(new Resolution.Resolved(3));

        assertThat(metering.book().number("SELECT CAST(sum(charged_micros) AS bigint) FROM usage_event"))
                .isEqualTo(BEFORE + 2 * AFTER);
        assertThat(got(metering.booked().snapshot(account)).balance().postedMicros())
                .isEqualTo(GIVEN - BEFORE - 2 * AFTER);
        assertThat(openIncidents()).isZero();
    }

    @Test
    void theSecondOneIsAnIncidentThoughTheFirstOnesIsClosed() {
        asOwner("UPDATE incident SET closed_at = now() WHERE kind = 'QUARANTINE'");
        asOwner("INSERT INTO incident (kind, subject, detail)"
                + " SELECT kind, subject, 'again' FROM incident WHERE kind = 'QUARANTINE'");

        assertThat(openIncidents()).isEqualTo(1);
    }

    private List<Entry> waiting(int limit) {
        return got(metering.bean(Quarantine.class).waiting(null, limit).collectList());
    }

    private static List<Long> charged(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.event() == null
                        ? List.<Long>of().stream()
                        : List.of(entry.event().charged().micros()).stream())
                .toList();
    }

    private long openIncidents() {
        return metering.book().number("SELECT count(*) FROM incident WHERE kind = 'QUARANTINE' AND closed_at IS NULL");
    }

    private void flush(Metering gateway) {
        gateway.flusher().flush(metering.partitions().of(account)).block();
    }

    private void asOwner(String sql) {
        metering.book().owner().sql(sql).then().block();
    }
}
