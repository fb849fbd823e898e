package io.tollgate.gateway.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.routing.Candidates.OnTooManyRequests;
import io.tollgate.gateway.routing.Candidates.Retries;
import io.tollgate.gateway.routing.Route.WhenRedisIsDown;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RoutesFromSettingsTest {

    private static final String ROUTE = "tollgate.routes[0].";
    private static final String PRICE = ROUTE + "models[0].price.";

    private final ApplicationContextRunner gateway = new ApplicationContextRunner()
            .withUserConfiguration(RoutingConfiguration.class)
            .withPropertyValues(
                    "tollgate.upstreams.a.url=http://a.test/v1/",
                    "tollgate.upstreams.b.url=https://b.test",
                    "tollgate.upstreams.c.url=http://c.test",
                    ROUTE + "name=chat",
                    ROUTE + "path=/chat",
                    ROUTE + "models[0].name=m",
                    PRICE + "input=1",
                    PRICE + "output=2");

    private void with(Consumer<Route> check, String... settings) {
        gateway.withPropertyValues(settings).run(context -> {
            assertThat(context).hasNotFailed();
            check.accept(requireNonNull(context.getBean(Routes.class).at("/chat")));
        });
    }

    @Nested
    class ARoute {
        @Test
        void leadsToTheOneUpstreamItNames() {
            with(
                    route -> {
                        assertThat(route.upstreams().all())
                                .extracting(Upstream::name)
                                .containsExactly("a");
                        assertThat(route.upstream().endpoint()).hasToString("http://a.test/v1/chat/completions");
                    },
                    ROUTE + "upstream=a");
        }

        @Test
        void neitherRetriesNorAllowsAnythingUnlessTold() {
            with(
                    route -> {
                        assertThat(route.upstreams().retries().most()).isZero();
                        assertThat(route.upstreams().onTooManyRequests()).isEqualTo(OnTooManyRequests.PASS_ON);
                        assertThat(route.whenRedisIsDown()).isEqualTo(WhenRedisIsDown.REFUSE);
                    },
                    ROUTE + "upstream=a");
        }

        @Test
        void hasWeightsFallbacksAndRetries() {
            with(
                    route -> {
                        Candidates candidates = route.upstreams();
                        assertThat(candidates.first())
                                .extracting(one -> one.upstream().name() + one.weight())
                                .containsExactly("a3", "b1");
                        assertThat(candidates.fallbacks())
                                .extracting(Upstream::name)
                                .containsExactly("c");
                        assertThat(candidates.retries())
                                .isEqualTo(new Retries(2, Duration.ofMillis(50), Duration.ofSeconds(1)));
                        assertThat(candidates.onTooManyRequests()).isEqualTo(OnTooManyRequests.FALL_BACK);
                        assertThat(route.whenRedisIsDown()).isEqualTo(WhenRedisIsDown.ALLOW);
                    },
                    ROUTE + "upstreams[0].name=a",
                    ROUTE + "upstreams[0].weight=3",
                    ROUTE + "upstreams[1].name=b",
                    ROUTE + "fallbacks=c",
                    ROUTE + "retries.most=2",
                    ROUTE + "retries.pause=50ms",
                    ROUTE + "retries.pause-most=1s",
                    ROUTE + "on-too-many-requests=fall-back",
                    ROUTE + "when-redis-is-down=allow");
        }

        @Test
        void takesBreakerAndBulkheadFromItsUpstream() {
            with(
                    route -> {
                        assertThat(route.upstream().breaker())
                                .isEqualTo(new Upstream.Breaker(30, 40, 5, Duration.ofSeconds(7), 2));
                        assertThat(route.upstream().bulkhead().callsMost()).isEqualTo(9);
                    },
                    ROUTE + "upstream=a",
                    "tollgate.upstreams.a.breaker.failure-percent=30",
                    "tollgate.upstreams.a.breaker.window=40",
                    "tollgate.upstreams.a.breaker.calls-at-least=5",
                    "tollgate.upstreams.a.breaker.open-for=7s",
                    "tollgate.upstreams.a.breaker.probes=2",
                    "tollgate.upstreams.a.bulkhead.calls-most=9");
        }
    }

    @Nested
    class TheStart {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                upstream=z                           | route chat names the upstream z, which tollgate.upstreams does not have
                fallbacks=a                          | route chat names no upstream: give upstream or upstreams
                upstream=a, fallbacks=a              | route chat names the upstream a twice
                upstream=a, fallbacks=z              | route chat names the upstream z, which tollgate.upstreams does not have
                upstream=a, upstreams[0].name=b      | route chat has upstream and upstreams: give one of them
                upstreams[0].weight=1                | route chat has an upstream without a name
                upstreams[0].name=a, upstreams[0].weight=0  | route chat: the weight of upstream a out of range [1, 1000000]: 0
                upstreams[0].name=a, upstreams[0].weight=-3 | route chat: the weight of upstream a out of range [1, 1000000]: -3
                upstream=a, retries.most=-1          | route chat: retries.most out of range [0, 10]: -1
                upstream=a, retries.most=11          | route chat: retries.most out of range [0, 10]: 11
                upstream=a, retries.pause=-1s        | route chat: retries.pause out of range [1 ms, 24 h]: PT-1S
                upstream=a, retries.pause=5s         | route chat: retries.pause-most is below PT5S: PT2S
                """)
        void isRefusedToARouteThatMakesNoSense(String settings, String message) {
            String[] values = settings.split(", ");
            for (int i = 0; i < values.length; i++) {
                values[i] = ROUTE + values[i];
            }

            gateway.withPropertyValues(values)
                    .run(context -> assertThat(context.getStartupFailure()).hasRootCauseMessage(message));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                url=ftp://a                     | .url is not an http or https URL
                timeouts.connect=-2s            | .timeouts.connect out of range [1 ms, 24 h]: PT-2S
                timeouts.first-byte=0s          | .timeouts.first-byte out of range [1 ms, 24 h]: PT0S
                timeouts.idle=-1ms              | .timeouts.idle out of range [1 ms, 24 h]: PT-0.001S
                timeouts.total=25h              | .timeouts.total out of range [1 ms, 24 h]: PT25H
                connections-per-loop=0          | .connections-per-loop out of range [1, 65535]: 0
                breaker.failure-percent=0       | .breaker.failure-percent out of range [1, 100]: 0
                breaker.failure-percent=101     | .breaker.failure-percent out of range [1, 100]: 101
                breaker.window=0                | .breaker.window out of range [1, 10000]: 0
                breaker.calls-at-least=101      | .breaker.calls-at-least out of range [1, 100]: 101
                breaker.open-for=-1s            | .breaker.open-for out of range [1 ms, 24 h]: PT-1S
                breaker.probes=0                | .breaker.probes out of range [1, 1000]: 0
                bulkhead.calls-most=0           | .bulkhead.calls-most out of range [1, 1000000]: 0
                """)
        void isRefusedToAnUpstreamThatMakesNoSense(String setting, String message) {
            gateway.withPropertyValues(ROUTE + "upstream=b", "tollgate.upstreams.a." + setting)
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasRootCauseMessage("tollgate.upstreams.a" + message));
        }
    }
}
