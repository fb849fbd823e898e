package io.tollgate.loadtest.check;

import io.tollgate.loadtest.api.AdminApi;
import io.tollgate.loadtest.api.ProviderApi;
import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.check.Evidence.Booked;
import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Delivery;
import io.tollgate.loadtest.check.Evidence.Extent;
import io.tollgate.loadtest.check.Evidence.Live;
import io.tollgate.loadtest.check.Evidence.Position;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The witnesses of a running installation: the gateway's admin API and the simulated provider's own record. */
final class HttpWitnesses implements Witnesses {
    /** Kinds of usage that charge; the others only say how a hold ended. */
    private static final Set<String> CHARGING = Set.of("SETTLED", "CHARGED");

    private final AdminApi admin;
    private final ProviderApi provider;

    HttpWitnesses(Target target) {
        this.admin = new AdminApi(target);
        this.provider = new ProviderApi(target);
    }

    @Override
    public List<Position> accounts(Collection<String> accounts) {
        return admin.positions(accounts).stream().map(HttpWitnesses::position).toList();
    }

    @Override
    public List<Charge> charges(Collection<String> accounts) {
        return admin.charges(accounts).stream()
                .filter(usage -> CHARGING.contains(usage.required("kind").asString()))
                .map(HttpWitnesses::charge)
                .toList();
    }

    @Override
    public List<Delivery> deliveries(Collection<String> accounts, Collection<String> requestIds) {
        return provider.deliveries().stream()
                .filter(delivery -> delivery.path("account").isString()
                        ? accounts.contains(delivery.path("account").asString())
                        : requestIds.contains(delivery.path("requestId").asString("")))
                .map(HttpWitnesses::delivery)
                .toList();
    }

    @Override
    public Map<String, Long> books() {
        Map<String, Long> books = new TreeMap<>();
        admin.books()
                .properties()
                .forEach(unit -> books.put(unit.getKey(), unit.getValue().longValue()));
        return books;
    }

    private static Position position(JsonNode account) {
        JsonNode booked = account.required("postgres");
        JsonNode live = account.path("redis");
        return new Position(
                account.required("account").asString(),
                new Booked(
                        booked.required("granted").longValue(),
                        booked.required("spent").longValue(),
                        booked.required("expired").longValue(),
                        booked.required("clawed_back").longValue(),
                        booked.required("posted").longValue()),
                live.isObject()
                        ? new Live(
                                live.required("posted").longValue(),
                                live.required("held").longValue())
                        : null);
    }

    private static Charge charge(JsonNode charge) {
        return new Charge(
                charge.required("request_id").asString(),
                charge.required("account").asString(),
                charge.required("charged").longValue(),
                charge.required("input_tokens").longValue(),
                charge.required("output_tokens").longValue());
    }

    private static Delivery delivery(JsonNode delivery) {
        return new Delivery(
                delivery.path("requestId").asString(""),
                extent(delivery),
                delivery.required("promptTokens").longValue(),
                delivery.required("deliveredTokens").longValue());
    }

    private static Extent extent(JsonNode delivery) {
        if (delivery.required("end").asString().equals("finished")) {
            return Extent.WHOLE;
        }
        return delivery.required("deliveredTokens").longValue() > 0 ? Extent.PARTIAL : Extent.NONE;
    }
}
