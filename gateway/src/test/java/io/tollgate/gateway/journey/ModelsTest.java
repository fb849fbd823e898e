package io.tollgate.gateway.journey;

import static io.tollgate.gateway.installation.Installation.TEN_CENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.models.Model;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelsTest {

    private static final String PATH = "/v1/models";

    private final GatewayClient gateway = Installation.sharedClient();
    private final String key = new Operator(gateway, Installation.ADMIN_TOKEN)
            .createAccount("reader")
            .key();

    @Nested
    class Listing {
        @Test
        void namesEveryModelOfTheRoutesWithItsPrices() {
            HttpResponse<String> answer = gateway.get(PATH, key);

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode list = Calls.json(answer);
            assertThat(list.required("object").asString()).isEqualTo("list");
            assertThat(list.required("data").findValuesAsString("id"))
                    .containsExactly("gpt-sim", "gpt-sim-slow", TEN_CENTS);
            assertThat(list.required("data").get(0)).hasToString("""
                    {"id":"gpt-sim","object":"model","created":0,"owned_by":"openai",\
                    "pricing":{"unit":"credits_per_million_tokens","input":"500","cache_read":"500",\
                    "cache_write":"500","output":"2000","reasoning":"2000"},"max_output_tokens":32768}""");
        }

        @Test
        void needsAKeyAndRefusesInTheShapeOfTheDialect() {
            HttpResponse<String> refused = gateway.get(PATH, null);

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(error(refused)).isEqualTo("missing_api_key");
            assertThat(gateway.get(PATH, "tg_wrong").statusCode()).isEqualTo(401);
        }

        @Test
        void isWhatTheOfficialSdkReads() {
            assertThat(client(key).models().list().autoPager())
                    .extracting(Model::id)
                    .containsExactly("gpt-sim", "gpt-sim-slow", TEN_CENTS);
            assertThatThrownBy(() -> client("tg_wrong").models().list()).isInstanceOf(UnauthorizedException.class);
        }
    }

    @Nested
    class AskingForOne {
        @Test
        void tellsWhatTheListTells() {
            assertThat(Calls.json(gateway.get(PATH + "/gpt-sim", key)))
                    .isEqualTo(
                            Calls.json(gateway.get(PATH, key)).required("data").get(0));
            assertThat(client(key).models().retrieve("gpt-sim").ownedBy()).isEqualTo("openai");
        }

        @Test
        void isA404ForOneThatIsNotOffered() {
            assertThat(gateway.get(PATH + "/gpt-9", key)).satisfies(refused -> {
                assertThat(refused.statusCode()).isEqualTo(404);
                assertThat(error(refused)).isEqualTo("model_not_found");
            });
            assertThat(gateway.get(PATH + "/", key).statusCode()).isEqualTo(404);
            assertThat(gateway.get(PATH + "/meta%2Fllama", key).statusCode()).isEqualTo(404);
            assertThat(gateway.get(PATH + "/%00%ff", key).statusCode()).isIn(400, 404);
            assertThatThrownBy(() -> client(key).models().retrieve("gpt-9")).isInstanceOf(NotFoundException.class);
        }
    }

    private static String error(HttpResponse<String> refused) {
        return Calls.json(refused).required("error").required("code").asString();
    }

    private OpenAIClient client(String bearer) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.base() + "/v1")
                .apiKey(bearer)
                .maxRetries(0)
                .build();
    }
}
