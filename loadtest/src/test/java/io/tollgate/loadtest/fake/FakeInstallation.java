package io.tollgate.loadtest.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.loadtest.api.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the gateway's and the simulated provider's HTTP, and keeps books that are sound unless a lie is asked for. */
public final class FakeInstallation implements AutoCloseable {
    private static final long COST = 250;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Set<Lie> lies;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private final Map<String, Long> granted = new TreeMap<>();
    private final List<Map<String, Object>> charges = new ArrayList<>();
    private final List<Map<String, Object>> deliveries = new ArrayList<>();

    /** What the books or the answers get wrong about the first call. */
    public enum Lie {
        CHARGES_MORE_THAN_TOLD,
        FORGETS_A_CHARGE,
        LEAVES_A_HOLD,
        LOSES_A_DELIVERY
    }

    public FakeInstallation(Lie... lies) throws IOException {
        this.lies = Set.of(lies);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public Target target() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Target(uri, "secret", uri);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        byte[] answer = answer(exchange, body).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized String answer(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/v1/chat/completions" -> call(exchange, body.contains("\"stream\":true"));
            case "/admin/api/accounts" -> created();
            case "/admin/api/conservation" -> positions();
            case "/admin/api/conservation/charges" ->
                charges(exchange.getRequestURI().getQuery());
            case "/_fake/deliveries" -> deliveries(exchange.getRequestURI().getQuery());
            default -> "{}";
        };
    }

    private String created() {
        String account = "account-" + granted.size();
        granted.put(account, 1_000_000_000L);
        return JSON.writeValueAsString(Map.of("id", account, "key", "key-of-" + account));
    }

    private String call(HttpExchange exchange, boolean streamed) {
        String account = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer key-of-", "");
        String id = "call-" + deliveries.size();
        boolean first = deliveries.isEmpty();
        deliveries.add(Map.of(
                "requestId", id, "account", account, "end", "finished", "promptTokens", 5, "deliveredTokens", 7));
        if (!(first && lies.contains(Lie.FORGETS_A_CHARGE))) {
            charges.add(usage(id, account, "SETTLED", COST));
            charges.add(usage("released", account, "RELEASED", 0));
        }
        String told = first && lies.contains(Lie.CHARGES_MORE_THAN_TOLD) ? "0.000249" : "0.000250";
        exchange.getResponseHeaders().set("Tollgate-Request-Id", id);
        if (streamed) {
            return "data: {\"choices\":[],\"usage\":{\"tollgate_cost\":" + told + "}}\n\ndata: [DONE]\n\n";
        }
        exchange.getResponseHeaders().set("Tollgate-Cost", told);
        return "{\"usage\":{}}";
    }

    private static Map<String, Object> usage(String id, String account, String kind, long charged) {
        return Map.of(
                "request_id", id,
                "account", account,
                "kind", kind,
                "charged", charged,
                "input_tokens", 5,
                "output_tokens", 7);
    }

    private String positions() {
        List<Map<String, Object>> accounts = new ArrayList<>();
        granted.forEach((account, amount) -> {
            long spent = charges.stream()
                            .filter(charge -> charge.containsValue(account) && charge.containsValue("SETTLED"))
                            .count()
                    * COST;
            long held = lies.contains(Lie.LEAVES_A_HOLD) && accounts.isEmpty() ? 1 : 0;
            accounts.add(Map.of(
                    "account", account,
                    "postgres",
                            Map.of(
                                    "granted",
                                    amount,
                                    "spent",
                                    spent,
                                    "expired",
                                    0,
                                    "clawed_back",
                                    0,
                                    "posted",
                                    amount - spent),
                    "redis", Map.of("posted", amount - spent, "held", held)));
        });
        return JSON.writeValueAsString(Map.of("accounts", accounts, "books", Map.of("credits", 0)));
    }

    private String charges(String query) {
        return JSON.writeValueAsString(Map.of(
                "charges",
                charges.stream()
                        .filter(charge -> query.contains("account=" + charge.get("account") + "&"))
                        .toList()));
    }

    private String deliveries(String query) {
        int lost = lies.contains(Lie.LOSES_A_DELIVERY) ? 1 : 0;
        List<Map<String, Object>> page = query.contains("since=0&")
                ? deliveries.subList(Math.min(lost, deliveries.size()), deliveries.size())
                : List.of();
        return JSON.writeValueAsString(Map.of("deliveries", page, "next", deliveries.size(), "dropped", 0));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
