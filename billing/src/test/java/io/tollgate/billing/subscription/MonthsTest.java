package io.tollgate.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.subscription.Months.Span;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonthsTest {

    private static final Instant ANCHOR = Instant.parse("2027-01-31T12:00:00Z");

    private static Span span(String start, String end) {
        return new Span(Instant.parse(start), Instant.parse(end));
    }

    @Test
    void aShortMonthsLastDayStandsInForTheAnchors() {
        assertThat(Months.around(ANCHOR, Instant.parse("2027-02-27T00:00:00Z")))
                .isEqualTo(span("2027-01-31T12:00:00Z", "2027-02-28T12:00:00Z"));
        assertThat(Months.around(ANCHOR, Instant.parse("2027-02-28T12:00:00Z")))
                .isEqualTo(span("2027-02-28T12:00:00Z", "2027-03-31T12:00:00Z"));
        assertThat(Months.around(ANCHOR, Instant.parse("2028-02-29T12:00:00Z")))
                .isEqualTo(span("2028-02-29T12:00:00Z", "2028-03-31T12:00:00Z"));
    }

    @Test
    void countsBackwardsToo() {
        assertThat(Months.around(ANCHOR, Instant.parse("2026-12-31T11:59:59Z")))
                .isEqualTo(span("2026-11-30T12:00:00Z", "2026-12-31T12:00:00Z"));
    }

    @Test
    void aYearHasTwelveThatTouch() {
        Span year = span("2027-01-31T12:00:00Z", "2028-01-31T12:00:00Z");
        Instant at = year.start();
        int months = 0;
        while (at.isBefore(year.end())) {
            Span month = Months.within(ANCHOR, year, at);
            assertThat(month.start()).isEqualTo(at);
            at = month.end();
            months++;
        }

        assertThat(months).isEqualTo(12);
        assertThat(at).isEqualTo(year.end());
    }

    @Test
    void aMonthIsWholeWhereverItsAnchorLies() {
        Span month = span("2027-02-28T12:00:00Z", "2027-03-31T12:00:00Z");

        assertThat(Months.within(Instant.parse("2027-01-15T00:00:00Z"), month, Instant.parse("2027-03-20T00:00:00Z")))
                .isEqualTo(month);
    }

    @Test
    void timeOutsideThePeriodBelongsToItsFirstOrLastMonth() {
        Span year = span("2027-01-31T12:00:00Z", "2028-01-31T12:00:00Z");

        assertThat(Months.within(ANCHOR, year, Instant.parse("2020-01-01T00:00:00Z")))
                .isEqualTo(span("2027-01-31T12:00:00Z", "2027-02-28T12:00:00Z"));
        assertThat(Months.within(ANCHOR, year, Instant.parse("2030-01-01T00:00:00Z")))
                .isEqualTo(span("2027-12-31T12:00:00Z", "2028-01-31T12:00:00Z"));
    }
}
