package io.tollgate.loadtest.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the simulated provider remembers of its answers. */
public final class ProviderApi {
    private static final int PAGE = 10_000;

    private final JsonApi api;

    public ProviderApi(Target target) {
        this.api = new JsonApi(target.provider(), null);
    }

    /** Every answer it gave, oldest first. */
    public List<JsonNode> deliveries() {
        List<JsonNode> deliveries = new ArrayList<>();
        long since = 0;
        while (true) {
            JsonNode page = api.get("/_fake/deliveries?since=" + since + "&limit=" + PAGE);
            if (page.path("dropped").asLong() > 0) {
                throw new TargetException(
                        "the provider has forgotten its oldest answers: the sandbox ran for too long");
            }
            page.path("deliveries").forEach(deliveries::add);
            if (page.path("next").asLong() == since) {
                return deliveries;
            }
            since = page.path("next").asLong();
        }
    }
}
