package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Partition ONE = new Partition(0);
    private static final Partition OTHER = new Partition(1);

    private final EventPosition[] seen = {EventPosition.START, EventPosition.START};
    private final FlushProgress progress = new FlushProgress(new Partitions(2), partition -> seen[partition.number()]);
    private long nowNanos;
    private final Backlog backlog = new Backlog(progress, 10, () -> nowNanos);

    @Test
    void isTheSumOfWhatIsSeenAndNotBooked() {
        booked(ONE, 1, 100);
        booked(OTHER, 1, 5);
        see(ONE, 1, 104);
        see(OTHER, 1, 8);

        assertThat(events()).isEqualTo(7);
        assertThat(backlog.isFull()).isFalse();
    }

    @Test
    void isFullAtTheBoundAndNoLongerOnceSomeAreBooked() {
        booked(ONE, 1, 100);
        see(ONE, 1, 110);
        assertThat(fullAfterAMoment()).isTrue();

        booked(ONE, 1, 101);
        assertThat(fullAfterAMoment()).isFalse();
    }

    @Test
    void countsWhatIsNewWhereNothingIsKnownToBeBookedYet() {
        see(ONE, 1, 1_000_000);
        assertThat(fullAfterAMoment()).isFalse();

        see(ONE, 1, 1_000_010);
        assertThat(fullAfterAMoment()).isTrue();
    }

    @Test
    void startsAgainWithANewEpoch() {
        booked(ONE, 1, 100);
        see(ONE, 2, 3);
        assertThat(events()).isEqualTo(3);

        booked(ONE, 3, 0);
        assertThat(events()).isZero();
    }

    @Test
    void isCountedAgainOnlyAfterAMoment() {
        booked(ONE, 1, 100);
        assertThat(backlog.isFull()).isFalse();

        see(ONE, 1, 110);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(49);
        assertThat(backlog.isFull()).isFalse();
        nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(backlog.isFull()).isTrue();
    }

    @Test
    void isAsOldAsItsOldestEvent() {
        booked(ONE, 1, 100);
        booked(OTHER, 1, 100);
        assertThat(ageAfter(Duration.ofSeconds(1))).isZero();

        see(ONE, 1, 101);
        assertThat(ageAfter(Duration.ofSeconds(1))).isZero(); // known from now on
        see(ONE, 1, 102);
        see(OTHER, 1, 101);
        assertThat(ageAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));

        booked(ONE, 1, 101); // what is left was first looked at with the other partition's event
        assertThat(ageAfter(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        booked(ONE, 1, 102);
        booked(OTHER, 1, 101);
        assertThat(ageAfter(Duration.ofSeconds(2))).isZero();
    }

    @Test
    void isAMetric() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FlushMeter meter = new FlushMeter(meters, backlog);
        booked(ONE, 1, 100);
        see(ONE, 1, 104);

        assertThat(meters.get("tollgate.flush.backlog").gauge().value()).isEqualTo(4);
        assertThat(meters.get("tollgate.flush.backlog.most").gauge().value()).isEqualTo(10);
        nowNanos += TimeUnit.SECONDS.toNanos(3);
        assertThat(meters.get("tollgate.flush.backlog.age").gauge().value()).isEqualTo(3);
        assertThat(meter).isNotNull();
    }

    @Test
    void mustLetSomethingWait() {
        assertThatThrownBy(() -> new Backlog(progress, 0, () -> 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void see(Partition partition, long epoch, long number) {
        seen[partition.number()] = new EventPosition(epoch, number);
    }

    private void booked(Partition partition, long epoch, long number) {
        progress.booked(partition, new EventPosition(epoch, number));
    }

    private long events() {
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        return backlog.events();
    }

    private boolean fullAfterAMoment() {
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        return backlog.isFull();
    }

    private Duration ageAfter(Duration time) {
        nowNanos += time.toNanos();
        return backlog.age();
    }
}
