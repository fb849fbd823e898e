package io.tollgate.loadtest.benchmark.upstream;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Answers to calls that will be looked at one by one; the others are counted by their clients. For one event loop. */
public final class Deliveries {
    /** A request that has this in its body is written down. */
    public static final String WITNESSED = "\"user\":\"witnessed\"";

    static final int KEPT = 100_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Map<String, Object>> kept = new ArrayList<>();

    Deliveries() {}

    void add(@Nullable String call, int tokens) {
        if (call != null && kept.size() < KEPT) {
            kept.add(Map.of(
                    "requestId",
                    call,
                    "end",
                    "finished",
                    "promptTokens",
                    Answers.INPUT_TOKENS,
                    "deliveredTokens",
                    tokens));
        }
    }

    /** As the simulated provider of the sandbox pages them. */
    String page(String uri) {
        Map<String, List<String>> parameters = new QueryStringDecoder(uri).parameters();
        int since =
                Integer.parseInt(parameters.getOrDefault("since", List.of("0")).getFirst());
        int limit = Integer.parseInt(
                parameters.getOrDefault("limit", List.of("1000")).getFirst());
        int end = Math.min(kept.size(), since + limit);
        return JSON.writeValueAsString(
                Map.of("deliveries", kept.subList(Math.min(since, end), end), "next", end, "dropped", 0));
    }
}
