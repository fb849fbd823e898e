package io.tollgate.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementPlaceTest {

    @Test
    void isReadBackFromItsText() {
        StatementPlace place = new StatementPlace(3, Long.MAX_VALUE, 1, "operator:a-b:\u00e9-1-2");

        assertThat(StatementPlace.parse(place.text())).isEqualTo(place);
        assertThat(place.text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "MQ", "MS0yLTMteA", "LTEtMi0wLXg", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LTEtMC14"})
    void isNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StatementPlace.parse(text));
    }

    @Test
    void isNothingLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> StatementPlace.parse("M".repeat(2_000)));
    }
}
