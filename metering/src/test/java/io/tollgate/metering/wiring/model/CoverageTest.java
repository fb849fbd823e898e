package io.tollgate.metering.wiring.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.wiring.model.Coverage.Happening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageTest {

    private static final long OPERATIONS = 100_000;

    private final Coverage coverage = new Coverage();

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TOO_MANY_HOLDS", "SETTLE_LOST_WITH_BOTH"})
    void missesWhatHasNotHappened(Happening missed) {
        for (Happening happening : Happening.values()) {
            coverage.count(happening, happening == missed ? 0 : OPERATIONS);
        }

        assertThatThrownBy(() -> coverage.assertWhole(OPERATIONS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(missed.name());
    }

    @Test
    void wantsMoreOfLongerRuns() {
        for (Happening happening : Happening.values()) {
            coverage.count(happening, OPERATIONS / 20);
        }

        assertThatCode(() -> coverage.assertWhole(OPERATIONS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> coverage.assertWhole(10 * OPERATIONS)).isInstanceOf(AssertionError.class);
    }

    @Test
    void wantsNothingOfShortRuns() {
        assertThatCode(() -> coverage.assertWhole(OPERATIONS / 10)).doesNotThrowAnyException();
    }
}
