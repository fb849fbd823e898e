package io.tollgate.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementPlaceTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 0, ''", "3, 2, 1, operator:a-b:-1-2", "9223372036854775807, 9223372036854775807, 0, é"})
    void isReadAsItWasWritten(long epoch, long number, int part, String id) {
        StatementPlace place = new StatementPlace(epoch, number, part, id);

        assertThat(StatementPlace.parse(place.text())).isEqualTo(place);
        assertThat(place.text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1", "0, 0, 2"})
    void isNowhereOutsideTheStatement(long epoch, long number, int part) {
        assertThatThrownBy(() -> new StatementPlace(epoch, number, part, "id"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b"})
    void hasAnIdThatAStoreCanCarry(String id) {
        assertThatThrownBy(() -> new StatementPlace(1, 1, 0, id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAtMostAThousandCharactersLong() {
        String longest = encoded("1-2-0-" + "x".repeat(744));
        assertThat(longest).hasSize(1_000);

        assertThat(StatementPlace.parse(longest).id()).hasSize(744);
        assertThatThrownBy(() -> StatementPlace.parse(encoded("1-2-0-" + "x".repeat(745))))
                .hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-2-0", "x-2-0-id", "1-x-0-id", "1-2-x-id", ""})
    void isNotMadeOfOtherText(String plain) {
        assertThatThrownBy(() -> StatementPlace.parse(encoded(plain))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "MQ", "MS0yLTMteA", "LTEtMi0wLXg", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LTEtMC14"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> StatementPlace.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String encoded(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
