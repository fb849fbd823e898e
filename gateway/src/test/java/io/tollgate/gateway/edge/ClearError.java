package io.tollgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.edge.Wire.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer that tells its reader what is wrong, in the shape that the SDKs read. */
final class ClearError {

    private ClearError() {}

    static void assertTold(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-type")).as(answer.toString()).startsWith("application/json");
        JsonNode error = JsonMapper.shared().readTree(answer.body()).required("error");
        assertThat(error.required("code").asString()).isEqualTo(code);
        assertThat(error.required("message").asString()).isNotBlank();
        assertThat(error.required("type").asString()).isNotBlank();
        assertThat(error.has("param")).isTrue();
    }
}
