package io.tollgate.loadtest.benchmark.load;

import io.tollgate.loadtest.api.LoadAccount;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.upstream.Deliveries;
import io.tollgate.loadtest.benchmark.upstream.Pace;
import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.call.Call.Kind;
import io.tollgate.loadtest.call.Call.Outcome;
import io.tollgate.loadtest.call.CallLog;
import io.tollgate.loadtest.call.Micros;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A few calls, one after the other, each of them written down with all its client was told. */
public final class WitnessedCalls {
    private static final Pattern USAGE_COST = Pattern.compile("\"tollgate_cost\":\\s*\"?([0-9.]+)\"?");

    private WitnessedCalls() {}

    public static void make(URI gateway, List<LoadAccount> accounts, int calls, Path log) {
        try (CallLog told = CallLog.create(log);
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < calls; i++) {
                told.append(call(
                        client, gateway, accounts.get(i % accounts.size()), i % 3 == 0 ? Kind.STREAMED : Kind.PLAIN));
            }
        }
    }

    private static Call call(HttpClient client, URI gateway, LoadAccount account, Kind kind) {
        Form form = kind == Kind.STREAMED ? Form.STREAMED : Form.PLAIN;
        String body = Requests.body(form, Pace.AT_ONCE.model()).replaceFirst("\\{", "{" + Deliveries.WITNESSED + ",");
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + account.key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            @Nullable
            String id = answer.headers().firstValue("Tollgate-Request-Id").orElse(null);
            return answer.statusCode() == 200
                    ? new Call(account.id(), id, kind, Outcome.ANSWERED, cost(kind, answer))
                    : new Call(account.id(), id, kind, Outcome.REFUSED, null);
        } catch (IOException e) {
            return new Call(account.id(), null, kind, Outcome.BROKEN, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Long cost(Kind kind, HttpResponse<String> answer) {
        if (kind == Kind.PLAIN) {
            return answer.headers().firstValue("Tollgate-Cost").map(Micros::of).orElse(null);
        }
        return USAGE_COST
                .matcher(answer.body())
                .results()
                .reduce((former, latter) -> latter)
                .map((MatchResult cost) -> Micros.of(cost.group(1)))
                .orElse(null);
    }
}
