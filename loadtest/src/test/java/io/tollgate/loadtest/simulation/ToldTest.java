package io.tollgate.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldTest {
    @Test
    void aHeaderTellsTheCostOfAPlainAnswer() {
        assertThat(Told.byHeader("0.000123")).isEqualTo(123);
        assertThat(Told.byHeader(null)).isNull();
    }

    @Test
    void theLastUsageChunkTellsTheCostOfAStream() {
        String stream = """
                data: {"choices":[{"delta":{"content":"tollgate_cost"}}]}

                data: {"choices":[],"usage":{"tollgate_cost":0.5,"prompt_tokens":3}}

                data: {"choices":[],"usage":{"tollgate_cost":0.75,"prompt_tokens":3}}

                data: [DONE]
                """;

        assertThat(Told.byLastChunk(stream)).isEqualTo(750_000);
    }

    @Test
    void aStreamWithoutItTellsNothing() {
        assertThat(Told.byLastChunk("data: [DONE]\n\n")).isNull();
    }
}
