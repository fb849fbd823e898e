package io.tollgate.gateway.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.gateway.authentication.ApiKey;
import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.dialect.OpenAiRequests;
import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.RoutesFromText;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Binder;
import reactor.core.publisher.Mono;

/** Calls to one model: a micro-credit for each token, in slices of a hundred. */
final class Calls {

    static final AdmissionProperties BOUNDS = new Binder().bindOrCreate("tollgate.holds", AdmissionProperties.class);

    private Calls() {}

    static Route route(String... more) {
        Map<String, String> members = new HashMap<>(Map.of("default-output-tokens", "100"));
        for (int i = 0; i < more.length; i += 2) {
            members.put(more[i], more[i + 1]);
        }
        return RoutesFromText.chat(members);
    }

    /** A call whose body has the members and, in all, 300 bytes: 100 tokens held for it, 75 charged if nobody counts. */
    static MeteredCall call(AccountId account, Route route, String members) {
        return call(account, route, members, Set.of());
    }

    /** As {@link #call(AccountId, Route, String)}, by a member of these groups. */
    static MeteredCall call(AccountId account, Route route, String members, Set<String> groups) {
        String body = "{\"model\":\"gpt\"" + members + "}";
        byte[] sized = (body + " ".repeat(300 - body.length())).getBytes(UTF_8);
        ChatRequest request = ((Understood) OpenAiRequests.parse(sized)).request();
        return new MeteredCall(key(account, groups), route, requireNonNull(route.model("gpt")), request);
    }

    static Settlements settlements(OneAccount account) {
        return new Settlements(account, (_, _) -> Mono.empty(), BOUNDS, new SimpleMeterRegistry());
    }

    private static ApiKey key(AccountId account, Set<String> groups) {
        return new ApiKey("key", account, "test", "tg_test", Instant.EPOCH, null, null, groups);
    }
}
