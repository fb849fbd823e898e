package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.pricing.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiUsageTest {

    @Test
    void makesCachedAndReasoningTokensDisjoint() {
        String answer = """
                {"choices":[{"message":{"content":"\\"usage\\":{\\"prompt_tokens\\":1,\\"completion_tokens\\":1}"}}],
                 "usage" : {"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
                  "prompt_tokens_details":{"cached_tokens":80,"audio":[1]},"completion_tokens_details":{"reasoning_tokens":30}},
                 "service_tier":"usage"}
                """;

        assertThat(OpenAiUsage.ofAnswer(answer.getBytes(UTF_8))).isEqualTo(new TokenUsage(20, 80, 0, 20, 30));
    }

    @Test
    void neverChargesMoreClassesThanThereAreTokens() {
        assertThat(OpenAiUsage.ofAnswer(
                        "{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":9}}}"
                                .getBytes(UTF_8)))
                .isEqualTo(new TokenUsage(0, 5, 0, 5, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"usage\":null}",
                "{\"usage\":{}}",
                "{\"usage\":{\"prompt_tokens\":5}}",
                "{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":5}}",
                "{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":99999999999}}",
                "{\"usage\":{\"prompt_tokens\":\"5\",\"completion_tokens\":5}}",
                "{\"usage\":{\"prompt_tokens\":5,\"completion_t"
            })
    void doesNotBelieveWhatIsNoUsage(String answer) {
        assertThat(OpenAiUsage.ofAnswer(answer.getBytes(UTF_8))).isNull();
    }
}
