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
        void takesTheGreatestOfSeveralCapsWhicheverAnUpstreamBelieves() {
            assertThat(understood(
                                    "{\"model\":\"m\",\"max_tokens\":9,\"max_completion_tokens\":7,\"max_output_tokens\":8}")
                            .outputCap())
                    .isEqualTo(9);
        }

        @ParameterizedTest
        @ValueSource(strings = {"max_tokens", "max_completion_tokens", "max_output_tokens"})
        void knowsTheCapByEachOfItsNames(String name) {
            assertThat(understood("{\"model\":\"m\",\"" + name + "\":12}").outputCap())
                    .isEqualTo(12);
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
    class JudgingInput {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'https://x'}}]}]}",
                    "{'messages':[{'content':[{'image_url':{'url':'https://x'}}]}]}",
                    "{'messages':[{'content':[{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}}]}]}",
                    "{'messages':[{'content':[{'type':'file','file':{'file_id':'file-1'}}]}]}",
                    "{'messages':[{'content':[{'type':'file','type':'text'}]}]}",
                    "{'messages':[{'content':[{'type':'text','file_id':'file-1'}]}]}",
                    "{'messages':[{'content':[{'type':'hologram'}]}]}",
                    "{'messages':[{'content':[{'type':7}]}]}",
                    "{'messages':[{'content':[[{'type':'text'}]]}]}",
                    "{'messages':[{'content':{'type':'image_url','image_url':'https://x'}}]}",
                    "{'messages':[{'content':[{'type':'text','content':[{'type':'image'}]}]}]}",
                    "{'messages':[{'role':'assistant','audio':{'id':'audio_1'}}]}",
                    "{'messages':[{'role':'user','content':'x','attachments':[{'file_id':'file-1'}]}]}",
                    "{'messages':'x','input':[{'role':'user','content':[{'type':'input_image','file_id':'file-1'}]}]}",
                    "{'input':[{'type':'item_reference','id':'msg_1'}]}",
                    "{'previous_response_id':'resp_1'}",
                    "{'conversation':{'id':'conv_1'}}",
                    "{'prompt':{'id':'pmpt_1'}}",
                    "{'file_ids':['file-1']}",
                    "{'web_search_options':{}}",
                    "{'tools':[{'type':'file_search','vector_store_ids':['vs_1']}]}"
                })
        void whatTheBytesDoNotContainIsUnbounded(String body) {
            assertThat(understood(withModel(body)).unboundedInput()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'messages':[{'role':'user','content':'an image_url, \\'file_id\\': 1'}]}",
                    "{'messages':[{'role':'user','content':[{'type':'text','text':'a'}]},{'role':'assistant','content':null,'audio':null}]}",
                    "{'messages':[{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]}]}",
                    "{'messages':[],'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{'file':{'type':'string'},'image_url':{}}}}}]}",
                    "{'messages':[],'metadata':{'file_id':'x'},'previous_response_id':null,'modalities':['text'],'audio':{'voice':'x'}}",
                    "{'input':'tell me'}"
                })
        void textIsContainedWhateverItSpeaksOf(String body) {
            assertThat(understood(withModel(body)).unboundedInput()).isFalse();
        }

        private static String withModel(String body) {
            return "{'model':'m',".concat(body.substring(1)).replace('\'', '"');
        }
    }

    @Nested
    class LoweringTheCap {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'model':'m'} | {'max_completion_tokens':50,'model':'m'}",
                    "{'max_tokens':1000,'model':'é'} | {'max_tokens':50,'model':'é'}",
                    "{'model':'é','max_output_tokens': 51 } | {'model':'é','max_output_tokens': 50 }",
                    "{'model':'m','max_tokens':null} | {'model':'m','max_tokens':50}",
                    "{'max_tokens':900,'model':'m','max_completion_tokens':800} | {'max_tokens':50,'model':'m','max_completion_tokens':50}",
                    "{'max_tokens':9,'model':'m','max_completion_tokens':800} | {'max_tokens':9,'model':'m','max_completion_tokens':50}",
                    "{'max_tokens':49,'model':'m'} | {'max_tokens':49,'model':'m'}",
                    "{'model':'m','stream':true} | {'stream_options':{'include_usage':true},'max_completion_tokens':50,'model':'m','stream':true}"
                })
        void changesWhatTheUpstreamReads(String body, String sent) {
            ChatRequest lowered = understood(body.replace('\'', '"')).withOutputCap(50);

            assertThat(lowered.body()).asString(UTF_8).isEqualTo(sent.replace('\'', '"'));
            assertThat(lowered.outputCap()).isLessThanOrEqualTo(50);
        }

        @Test
        void mayBeDoneAgain() {
            ChatRequest lowered = understood("{\"model\":\"m\",\"stream\":true}")
                    .withOutputCap(50)
                    .withOutputCap(20);

            assertThat(lowered.body())
                    .asString(UTF_8)
                    .isEqualTo(
                            "{\"stream_options\":{\"include_usage\":true},\"max_completion_tokens\":20,\"model\":\"m\",\"stream\":true}");
            assertThat(lowered.outputCap()).isEqualTo(20);
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
                    "{'model':'m','max_tokens':5,'max_tokens':6} | max_tokens",
                    "{'model':'m','max_tokens':5,'max\\u005ftokens':6} | max_tokens",
                    "{'model':'m','max_tokens':5,'MAX_TOKENS':6} | max_tokens",
                    "{'model':'m','max_toKens':6} | max_tokens",
                    "{'model':'m','ſtream':true} | stream",
                    "{'model':'m','Model':'n'} | model",
                    "{'model':'m','N':5} | n",
                    "{'model':'m','n':1,'n':2} | n",
                    "{'model':'m','messages':[],'messages':[]} | messages",
                    "{'model':'m','max_output_tokens':1e9} | max_output_tokens",
                    "{'model':'m','stream_options':{'include_usage':true,'include_usage':false}} | stream_options",
                    "{'model':'m','stream_options':{'Include_Usage':false}} | stream_options",
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
