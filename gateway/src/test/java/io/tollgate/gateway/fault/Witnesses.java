package io.tollgate.gateway.fault;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.sandbox.ai.Delivery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Those who can be asked about a run besides its clients: both stores, by the admin API and directly, and the provider. */
final class Witnesses {

    /** Kinds of usage that charge; the others only say how a hold ended. */
    private static final Set<String> CHARGING = Set.of("SETTLED", "CHARGED");

    private final FaultyInstallation installation;
    private final Operator operator;
    private final List<Customer> customers;

    Witnesses(FaultyInstallation installation, List<Customer> customers) {
        this.installation = installation;
        this.operator = installation.operator();
        this.customers = customers;
    }

    /** An account in Postgres and in Redis, where an idle one may be absent. In micro-credits. */
    record Position(
            String account,
            long granted,
            long spent,
            long expired,
            long clawedBack,
            long posted,
            @Nullable Live live) {

        /** What was granted and is not posted any more. */
        long gone() {
            return spent + expired + clawedBack;
        }

        boolean isAtRest() {
            return granted == posted + gone() && (live == null || (live.held() == 0 && live.posted() == posted));
        }
    }

    record Live(long posted, long held) {}

    /** A call that was charged, under the gateway's name for it. */
    record Charge(String account, String requestId, long micros, long outputTokens) {}

    List<Position> positions() {
        return customers.stream().map(this::position).toList();
    }

    private Position position(Customer customer) {
        JsonNode account = operator.conservation(customer).required("accounts").get(0);
        JsonNode booked = account.required("postgres");
        JsonNode live = account.path("redis");
        return new Position(
                customer.account(),
                booked.required("granted").asLong(),
                booked.required("spent").asLong(),
                booked.required("expired").asLong(),
                booked.required("clawed_back").asLong(),
                booked.required("posted").asLong(),
                live.isObject()
                        ? new Live(
                                live.required("posted").asLong(),
                                live.required("held").asLong())
                        : null);
    }

    List<Charge> charges() {
        return customers.stream()
                .flatMap(customer -> charges(customer).stream())
                .toList();
    }

    private List<Charge> charges(Customer customer) {
        return operator.charges(customer)
                .required("charges")
                .valueStream()
                .filter(usage -> CHARGING.contains(usage.required("kind").asString()))
                .map(usage -> new Charge(
                        customer.account(),
                        usage.required("request_id").asString(),
                        usage.required("charged").asLong(),
                        usage.required("output_tokens").asLong()))
                .toList();
    }

    Map<String, List<Delivery>> deliveries() {
        Set<String> accounts = customers.stream().map(Customer::account).collect(Collectors.toSet());
        return installation.ai().deliveries().since(0, Integer.MAX_VALUE).stream()
                .filter(delivery -> delivery.account() != null && accounts.contains(delivery.account()))
                .collect(Collectors.groupingBy(delivery -> String.valueOf(delivery.requestId())));
    }

    /** The sum of all ledger entries, by unit. */
    Map<String, Long> books() {
        Map<String, Long> books = new TreeMap<>();
        operator.conservation(customers.getFirst())
                .required("books")
                .properties()
                .forEach(unit -> books.put(unit.getKey(), unit.getValue().asLong()));
        return books;
    }

    /** Partitions in which Redis still has open holds, of whatever account. */
    List<String> partitionsWithHolds() {
        try (RedisClient client = RedisClient.create(installation.redis().uri());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            return redis.sync().keys("{tg:*}:deadlines");
        }
    }

    /** How often any partition had to be opened anew. */
    long epochs() {
        return ask("SELECT coalesce(sum(epoch), 0) FROM flush_cursor").longValue();
    }

    long quarantined() {
        return ask("SELECT count(*) FROM quarantine").longValue();
    }

    long incidents() {
        return ask("SELECT count(*) FROM incident").longValue();
    }

    private Number ask(String question) {
        try (Connection connection =
                        installation.database().connect(installation.database().owner());
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(question)) {
            rows.next();
            return rows.getBigDecimal(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
