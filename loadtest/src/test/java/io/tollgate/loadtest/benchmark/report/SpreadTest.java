package io.tollgate.loadtest.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void isTheMiddleRoundAndTheExtremes() {
        assertThat(Spread.of(List.of(3.0, 1.0, 10.0))).isEqualTo(new Spread(1, 3, 10));
        assertThat(Spread.of(List.of(4.0, 1.0, 10.0, 2.0))).isEqualTo(new Spread(1, 3, 10));
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        assertThat(Spread.of(List.of(Double.NaN, 2.0))).isEqualTo(new Spread(2, 2, 2));
        assertThat(Spread.of(List.of(Double.NaN)).text(1)).isEqualTo("–");
    }

    @Test
    void saysHowFarRoundsWereApart() {
        assertThat(new Spread(1_234, 2_345.6, 3_456).text(1)).isEqualTo("2,345.6 (1,234.0–3,456.0)");
        assertThat(new Spread(2, 2, 2).text(0)).isEqualTo("2");
    }
}
