package io.tollgate.loadtest.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The operator's side of the gateway, as far as a run needs it. */
public final class AdminApi {
    /** As many accounts as fit in an URL of 4 KiB, a server's usual limit. */
    private static final int ACCOUNTS_AT_ONCE = 50;

    private static final int BULK = 1_000;

    private final JsonApi api;

    public AdminApi(Target target) {
        this.api = new JsonApi(target.gateway(), target.adminToken());
    }

    public List<LoadAccount> createAccounts(int count, long creditsEach) {
        List<LoadAccount> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "load-test-" + UUID.randomUUID();
            JsonNode created = api.post("/admin/api/accounts", Map.of("name", name), name);
            LoadAccount account = new LoadAccount(
                    created.required("id").asString(), created.required("key").asString());
            api.post(
                    "/admin/api/accounts/" + account.id() + "/grants",
                    Map.of("credits", String.valueOf(creditsEach)),
                    name);
            accounts.add(account);
        }
        return accounts;
    }

    /** The same in a few requests; only where {@code tollgate.admin.bulk-creation} and {@code tollgate.keys.accept-foreign} are on. */
    public List<LoadAccount> createAccountsInBulk(int count, long creditsEach) {
        String run = UUID.randomUUID().toString();
        List<LoadAccount> accounts = IntStream.range(0, count)
                .mapToObj(i -> new LoadAccount("load-" + run + "-" + i, "sk-load-" + run + "-" + i))
                .toList();
        for (int from = 0; from < count; from += BULK) {
            List<Map<String, String>> wanted = accounts.subList(from, Math.min(count, from + BULK)).stream()
                    .map(account ->
                            Map.of("id", account.id(), "key", account.key(), "credits", String.valueOf(creditsEach)))
                    .toList();
            api.post("/admin/api/bulk-accounts", Map.of("accounts", wanted), run + "-" + from);
        }
        return accounts;
    }

    /** Where accounts stand in Redis and in Postgres. */
    public List<JsonNode> positions(Collection<String> accounts) {
        List<JsonNode> positions = new ArrayList<>();
        batches(accounts)
                .forEach(query -> api.get("/admin/api/conservation?" + query)
                        .path("accounts")
                        .forEach(positions::add));
        return positions;
    }

    /** The sum of all ledger entries, by unit. */
    public JsonNode books() {
        return api.get("/admin/api/conservation?limit=1").path("books");
    }

    /** What Postgres has booked of calls, page by page. */
    public List<JsonNode> charges(Collection<String> accounts) {
        List<JsonNode> charges = new ArrayList<>();
        for (String account : accounts) {
            String after = "";
            do {
                JsonNode page = api.get("/admin/api/conservation/charges?account=" + URLEncoder.encode(account, UTF_8)
                        + "&after=" + URLEncoder.encode(after, UTF_8));
                page.path("charges").forEach(charges::add);
                after = page.path("next").asString("");
            } while (!after.isEmpty());
        }
        return charges;
    }

    private static List<String> batches(Collection<String> accounts) {
        List<String> all = List.copyOf(accounts);
        List<String> queries = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            queries.add(all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE)).stream()
                    .map(account -> "account=" + URLEncoder.encode(account, UTF_8))
                    .collect(Collectors.joining("&")));
        }
        return queries;
    }
}
