package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult.Given;
import io.tollgate.metering.ledger.Money;
import io.tollgate.sandbox.ai.Behaviour;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The statement of an account, over HTTP, on real stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int STEPS = 120;

    private final Installation installation = Installation.start();
    private final GatewayInJvm process = GatewayInJvm.start(installation.properties(Installation.freePort()));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    LedgerTest() {
        installation.ai().behave(Behaviour.fast().withTokens(100, 100));
    }

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Nested
    class Lines {
        @Test
        void sayWhatChangedTheBalanceAndWhatItWasThen() {
            Customer customer = operator.customerWith(Credits.parse("0.25"));
            HttpResponse<String> call = Calls.call(gateway, customer);
            awaitBooked(customer);

            JsonNode lines = ledger(customer, "").required("lines");

            assertThat(lines).hasSize(2);
            JsonNode usage = lines.get(0);
            assertThat(text(usage, "kind")).isEqualTo("usage");
            assertThat(text(usage, "credits")).isEqualTo("-0.1");
            assertThat(text(usage, "balance")).isEqualTo("0.15");
            assertThat(usage.required("usage").toString())
                    .isEqualTo(
                            "{\"request_id\":\""
                                    + call.headers()
                                            .firstValue("Tollgate-Request-Id")
                                            .orElseThrow()
                                    + "\",\"route\":\"chat\",\"model\":\"ten-cents\",\"input_tokens\":13,\"output_tokens\":100,\"waived\":\"0\"}");
            JsonNode grant = lines.get(1);
            assertThat(text(grant, "kind")).isEqualTo("grant");
            assertThat(text(grant, "source")).isEqualTo("operator");
            assertThat(text(grant, "credits")).isEqualTo("0.25");
            assertThat(text(grant, "balance")).isEqualTo("0.25");
            assertThat(grant.required("usage").isNull()).isTrue();
            assertThat(usage.required("lots").toString())
                    .isEqualTo("[{\"grant\":"
                            + grant.required("lots").get(0).required("grant").asLong() + ",\"credits\":\"0.1\"}]");
        }

        @Test
        void areOnlyTheAccountsOwn() {
            Customer customer = operator.customerWith(Credits.of(1));
            Customer other = operator.customerWith(Credits.of(2));
            awaitBooked(customer);
            awaitBooked(other);

            assertThat(ledger(customer, "").required("lines"))
                    .singleElement()
                    .satisfies(line -> assertThat(text(line, "credits")).isEqualTo("1"));
        }

        @Test
        void areNoneForAnAccountNothingHappenedTo() {
            Customer customer = operator.createAccount("new");

            assertThat(ledger(customer, "").toString())
                    .isEqualTo("{\"account\":\"" + customer.account() + "\",\"lines\":[],\"next\":null}");
        }

        @Test
        void comeAsCsvForWhoeverAsks() {
            Customer customer = operator.customerWith(Credits.of(1));
            Calls.call(gateway, customer);
            awaitBooked(customer);

            HttpResponse<String> csv = gateway.send(gateway.request("/api/ledger?limit=1")
                    .header("Authorization", "Bearer " + customer.key())
                    .header("Accept", "text/csv")
                    .GET());

            assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
            assertThat(csv.headers().firstValue("Link"))
                    .hasValueSatisfying(link ->
                            assertThat(link).startsWith("</api/ledger?after=").endsWith(">; rel=\"next\""));
            assertThat(csv.body().lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains(",\"usage\",,\"", ",-0.1,0.9,0,\"chat\",\"ten-cents\",13,100");
        }
    }

    @Nested
    class Paging {
        static LongStream seeds() {
            return new Random().longs(3); // fresh on every run; a failure names the seed to replay
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("seeds")
        void addsUpLineByLineWhateverHappened(long seed) {
            Random random = new Random(seed);
            Customer customer = operator.customerWith(Credits.of(5));
            new RandomHistory(process, customer.account(), random).live(STEPS);
            awaitBooked(customer);

            List<JsonNode> lines = pages(customer, 1 + random.nextInt(40));

            assertThat(lines).hasSizeGreaterThan(STEPS / 3);
            assertThat(micros(lines.getFirst(), "balance"))
                    .isEqualTo(
                            operator.balance(customer).required("posted_micros").asLong());
            for (int i = 0; i < lines.size(); i++) {
                long before = i + 1 == lines.size() ? 0 : micros(lines.get(i + 1), "balance");
                assertThat(micros(lines.get(i), "balance"))
                        .as("line %d: %s", i, lines.get(i))
                        .isEqualTo(before + micros(lines.get(i), "credits"));
            }
            assertThat(pages(customer, 500)).isEqualTo(lines);
        }

        @Test
        void goesOnBehindThePageWhateverIsAddedMeanwhile() {
            Customer customer = operator.customerWith(Credits.of(1));
            operator.give(customer, Credits.of(2));
            operator.give(customer, Credits.of(3));
            awaitBooked(customer);
            JsonNode newest = ledger(customer, "?limit=1");
            operator.give(customer, Credits.of(4));
            awaitBooked(customer);

            JsonNode second =
                    ledger(customer, "?limit=2&after=" + newest.required("next").asString());

            assertThat(second.required("lines"))
                    .extracting(line -> text(line, "credits"))
                    .containsExactly("2", "1");
            assertThat(second.required("next").isNull()).isTrue();
        }
    }

    @Nested
    class TheBalance {
        @Test
        void isTheBooksAsLongAsTheAccountIsNotInUse() {
            Customer customer = operator.createAccount("new");

            assertThat(text(operator.balance(customer), "source")).isEqualTo("book");
            assertThat(text(operator.balance(customer), "source")).isEqualTo("book");
            operator.give(customer, Credits.of(1));

            JsonNode inUse = operator.balance(customer);
            assertThat(text(inUse, "source")).isEqualTo("live");
            assertThat(text(inUse, "posted")).isEqualTo("1");
            assertThat(inUse.required("kept")).isEmpty();
        }

        @Test
        void tellsWhatWasPaidForWhatIsLeft() {
            Customer customer = operator.createAccount("buyer");
            AccountId account = new AccountId(customer.account());
            Grant grant = new Grant(
                    account, Credits.of(10), Grant.Cause.OPERATOR, account + ":1", new Money(905, "usd"), 1, null);
            process.bean(Grants.class)
                    .give(grant)
                    .cast(Given.class)
                    .flatMap(given -> process.bean(Courier.class).push(given.command()))
                    .block();
            assertThat(Calls.call(gateway, customer).statusCode()).isEqualTo(200);

            await().atMost(SOON).untilAsserted(() -> {
                JsonNode lot = operator.balance(customer).required("lots").get(0);
                assertThat(text(lot, "remaining")).isEqualTo("9.9");
                assertThat(lot.required("basis_left").toString()).isEqualTo("{\"minor\":895,\"currency\":\"usd\"}");
            });
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "limit=0",
                    "limit=-1",
                    "limit=1000000000",
                    "limit=501",
                    "limit=1.5",
                    "limit=x",
                    "limit=",
                    "after=x",
                    "after=MS0xLTAt",
                    "after=..",
                    "after=%00"
                })
        void isNamed(String query) {
            Customer customer = operator.createAccount("curious");

            assertInvalid(gateway.get("/api/ledger?" + query, customer.key()), query.substring(0, query.indexOf('=')));
        }

        @Test
        void isACursorOfAnotherAccountOrADamagedOne() {
            Customer customer = operator.customerWith(Credits.of(1));
            operator.give(customer, Credits.of(1));
            awaitBooked(customer);
            String cursor = ledger(customer, "?limit=1").required("next").asString();
            Customer other = operator.customerWith(Credits.of(1));

            assertInvalid(gateway.get("/api/ledger?after=" + cursor, other.key()), "after");
            assertInvalid(gateway.get("/api/ledger?after=A" + cursor, customer.key()), "after");
            assertInvalid(gateway.get("/api/ledger?after=" + cursor.substring(1), customer.key()), "after");
            assertInvalid(gateway.get("/api/ledger?after=" + "A".repeat(2_000), customer.key()), "after");
            assertThat(gateway.get("/api/ledger?after=" + cursor, customer.key())
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void isAMissingKey() {
            assertThat(gateway.get("/api/ledger", null).statusCode()).isEqualTo(401);
        }

        private void assertInvalid(HttpResponse<String> answer, String parameter) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(text(Calls.json(answer), "code")).isEqualTo("invalid_request");
            assertThat(text(Calls.json(answer), "detail")).startsWith(parameter + " has to be");
        }
    }

    /** Until the book has all that was done, and Redis all that was commanded. */
    private void awaitBooked(Customer customer) {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode figures =
                    operator.conservation(customer).required("accounts").get(0);
            JsonNode booked = figures.required("postgres");
            assertThat(booked.required("commands_applied")).isEqualTo(booked.required("commands_issued"));
            assertThat(figures.required("redis").required("posted")).isEqualTo(booked.required("posted"));
        });
    }

    private List<JsonNode> pages(Customer customer, int limit) {
        List<JsonNode> lines = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = ledger(customer, "?limit=" + limit + "&after=" + after);
            page.required("lines").forEach(lines::add);
            after = page.required("next").isNull() ? "" : page.required("next").asString();
        } while (!after.isEmpty());
        return lines;
    }

    private JsonNode ledger(Customer customer, String query) {
        HttpResponse<String> answer = gateway.get("/api/ledger" + query, customer.key());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Calls.json(answer);
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asString();
    }

    private static long micros(JsonNode line, String field) {
        return line.required(field + "_micros").asLong();
    }
}
