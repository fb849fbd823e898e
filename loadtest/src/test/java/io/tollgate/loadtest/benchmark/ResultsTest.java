package io.tollgate.loadtest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.loadtest.benchmark.Meters.Reading;
import io.tollgate.loadtest.benchmark.Results.Row;
import io.tollgate.loadtest.benchmark.load.Samples;
import io.tollgate.loadtest.benchmark.load.Stretch;
import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.report.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    @Test
    void comparesPeersRoundByRound() {
        add(1, "direct", 10);
        add(1, "gateway", 13);
        add(2, "direct", 100);
        add(2, "gateway", 101);

        // Medians by themselves, 55 and 57, would say 2 by luck here and anything on a machine that drifts.
        assertThat(added()).isEqualTo(new Spread(1, 2, 3));
    }

    @Test
    void saysNothingOfRoundsThatLackOneOfThem() {
        add(1, "direct", 10);
        add(2, "gateway", 13);

        assertThat(added().isKnown()).isFalse();
    }

    private Spread added() {
        return results.added(Scenario.LIGHT, "gateway", "direct", Figure.CALLS_PER_SECOND);
    }

    private void add(int round, String peer, double figure) {
        Stretch stretch = new Stretch(figure, new Samples(), new Samples());
        Window window = new Window(new Tally(1, 0, 0, List.of(1L)), stretch, new Reading(0, 0, 0), 0);
        results.add(new Row(round, Scenario.LIGHT, peer, window));
    }
}
