package io.tollgate.loadtest.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.call.Call.Kind;
import io.tollgate.loadtest.call.Call.Outcome;
import io.tollgate.loadtest.call.CallLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One way to ask for a chat completion, and how to read from its answer what it was charged. */
record ChatCall(Kind kind, String name, String body, CheckBuilder whole) {
    private static final int MAX_TOKENS = 64;

    static ChatCall plain(String model) {
        return new ChatCall(Kind.PLAIN, "plain", body(model, Map.of()), substring("\"usage\""));
    }

    static ChatCall streamed(String model) {
        Map<String, Object> asStream = Map.of("stream", true, "stream_options", Map.of("include_usage", true));
        return new ChatCall(Kind.STREAMED, "streamed", body(model, asStream), substring("data: [DONE]"));
    }

    private static String body(String model, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("messages", List.of(Map.of("role", "user", "content", "Tell me about #{topic}.")));
        body.put("max_tokens", MAX_TOKENS);
        body.putAll(more);
        return JsonMapper.shared().writeValueAsString(body);
    }

    HttpRequestActionBuilder request() {
        return http(name)
                .post("/v1/chat/completions")
                .body(StringBody(body))
                .check(
                        status().saveAs("status"),
                        header("Tollgate-Request-Id").optional().saveAs("requestId"),
                        header("Tollgate-Cost").optional().saveAs("cost"),
                        bodyString().saveAs("answer"),
                        status().is(200),
                        whole);
    }

    /** Keeps what the client was told, whether the checks were content or not. */
    Function<Session, Session> written(CallLog log) {
        return session -> {
            log.append(call(session));
            return session;
        };
    }

    private Call call(Session session) {
        String account = String.valueOf(session.getString("account"));
        String requestId = session.getString("requestId");
        if (!session.contains("status")) {
            return new Call(account, requestId, kind, Outcome.BROKEN, null);
        }
        if (session.getInt("status") != 200) {
            return new Call(account, requestId, kind, Outcome.REFUSED, null);
        }
        String answer = String.valueOf(session.getString("answer"));
        return new Call(account, requestId, kind, Outcome.ANSWERED, cost(session.getString("cost"), answer));
    }

    private @Nullable Long cost(@Nullable String header, String answer) {
        return kind == Kind.PLAIN ? Told.byHeader(header) : Told.byLastChunk(answer);
    }
}
