package io.tollgate.sandbox.ai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource({
        "'', 0",
        "'   ', 0",
        "sky, 1",
        "bridge, 1",
        "bridges, 2",
        "extraordinary, 3",
        "2026, 2",
        "sky2026, 3",
        "'Why is the sky blue?', 6",
        "'a, b', 3",
        "日本, 2",
    })
    void areCounted(String text, int tokens) {
        assertThat(Tokens.count(text)).isEqualTo(tokens);
    }
}
