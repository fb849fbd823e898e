package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.dialect.ChatRequest.UsageChunk;
import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiRequestsTest {

    @Nested
    class Understanding {
        @Test
        void readsTheFieldsThatMatterAndLeavesTheBodyAlone() {
            String body =
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"say \\\"model\\\": 1\"}],\"n\":3,\"max_tokens\":7,\"model\":\"m\"}";

            ChatRequest request = understood(body);

            assertThat(request.model()).isEqualTo("m");
            assertThat(request.outputCap()).isEqualTo(7);
            assertThat(request.choices()).isEqualTo(3);
            assertThat(request.streamed()).isFalse();
            assertThat(request.body()).asString(UTF_8).isEqualTo(body);
        }

        @Test
        void takesTheNewerNameOfTheCapOverTheOlder() {
            assertThat(understood("{\"model\":\"m\",\"max_tokens\":7,\"max_completion_tokens\":9}")
                            .outputCap())
                    .isEqualTo(9);
        }

        @Test
        void takesNullForAbsent() {
            ChatRequest request = understood(
                    "{\"model\":\"m\",\"max_tokens\":null,\"n\":null,\"stream\":null,\"stream_options\":null}");

            assertThat(request.outputCap()).isNull();
            assertThat(request.choices()).isEqualTo(1);
            assertThat(request.streamed()).isFalse();
        }
    }

    @Nested
    class SwitchingUsageOn {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'model':'m','stream':true} | {'stream_options':{'include_usage':true},'model':'m','stream':true}",
                    "{'stream_options':null,'model':'é','stream':true} | {'stream_options':{'include_usage':true},'model':'é','stream':true}",
                    "{'x':'é','stream_options':{},'model':'m','stream':true} | {'x':'é','stream_options':{'include_usage':true},'model':'m','stream':true}",
                    "{'model':'m','stream':true,'stream_options':{'a':[1]}} | {'model':'m','stream':true,'stream_options':{'include_usage':true,'a':[1]}}",
                    "{'model':'m','stream':true,'stream_options':{'a':1,'include_usage':false}} | {'model':'m','stream':true,'stream_options':{'a':1,'include_usage':true}}",
                    "{'model':'m','stream':true,'stream_options':{'include_usage':null}} | {'model':'m','stream':true,'stream_options':{'include_usage':true}}"
                })
        void addsWhatTheClientDidNotAskFor(String body, String sent) {
            ChatRequest request = understood(body.replace('\'', '"'));

            assertThat(request.body()).asString(UTF_8).isEqualTo(sent.replace('\'', '"'));
            assertThat(request.usageAsked()).isEqualTo(UsageChunk.HIDDEN);
        }

        @Test
        void leavesTheBodyAloneWhereTheClientAsked() {
            String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

            ChatRequest request = understood(body);

            assertThat(request.body()).asString(UTF_8).isEqualTo(body);
            assertThat(request.usageAsked()).isEqualTo(UsageChunk.SHOWN);
        }
    }

    @Nested
    class Refusing {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "x",
                    "[]",
                    "null",
                    "\"m\"",
                    "{",
                    "{\"model\":\"m\"",
                    "{\"model\":\"m\"}x",
                    "{\"model\":\"m\"}{}",
                    "{'model':'m'}"
                })
        void whatIsNotOneJsonObject(String body) {
            assertThat(OpenAiRequests.parse(body.getBytes(UTF_8))).isInstanceOf(Misformed.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | model",
                    "{'model':null} | model",
                    "{'model':7} | model",
                    "{'model':''} | model",
                    "{'model':' '} | model",
                    "{'model':'m','model':'n'} | model",
                    "{'model':'m','stream':'true'} | stream",
                    "{'model':'m','max_tokens':-1} | max_tokens",
                    "{'model':'m','max_tokens':0} | max_tokens",
                    "{'model':'m','max_tokens':1.5} | max_tokens",
                    "{'model':'m','max_tokens':'7'} | max_tokens",
                    "{'model':'m','max_tokens':99999999999999999999} | max_tokens",
                    "{'model':'m','max_completion_tokens':0} | max_completion_tokens",
                    "{'model':'m','n':0} | n",
                    "{'model':'m','n':129} | n",
                    "{'model':'m','stream_options':[]} | stream_options",
                    "{'model':'m','stream_options':{'include_usage':1}} | stream_options.include_usage"
                })
        void aFieldThatIsWrongByName(String body, String param) {
            assertThat(OpenAiRequests.parse(body.replace('\'', '"').getBytes(UTF_8)))
                    .isInstanceOfSatisfying(Misformed.class, misformed -> {
                        assertThat(misformed.param()).isEqualTo(param);
                        assertThat(misformed.message()).isNotBlank();
                    });
        }

        @Test
        void aBodyThatBreaksOffIsToldWithoutTheParsersInternals() {
            assertThat(OpenAiRequests.parse("{\"model\":\"gpt\"".getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            Misformed.class,
                            misformed -> assertThat(misformed.message())
                                    .contains("line 1, column 1")
                                    .doesNotContain("Source"));
        }

        @Test
        void anotherEncodingThanUtf8() {
            assertThat(OpenAiRequests.parse("{\"model\":\"m\",\"stream\":true}".getBytes(UTF_16)))
                    .isInstanceOf(Misformed.class);
        }

        @Test
        void absurdNesting() {
            String deep = "{\"model\":\"m\",\"x\":" + "[".repeat(100_000) + "}";

            assertThat(OpenAiRequests.parse(deep.getBytes(UTF_8))).isInstanceOf(Misformed.class);
        }
    }

    private static ChatRequest understood(String body) {
        return ((Understood) OpenAiRequests.parse(body.getBytes(UTF_8))).request();
    }
}
