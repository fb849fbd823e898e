package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private FaultProxy proxy;

    @BeforeEach
    void start() {
        RedisStore redis = SharedStores.instance().redis();
        proxy = FaultProxy.to(redis.host(), redis.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void carriesBothWaysWhileAllIsWell() throws IOException {
        assertThat(ping()).isEqualTo("PONG");
    }

    @Test
    void cutsWhatIsThereAndServesWhatComes() throws IOException {
        try (RedisConnection redis = open()) {
            redis.call("PING");

            proxy.cut();

            assertThatThrownBy(() -> redis.call("PING")).isInstanceOf(IOException.class);
        }
        assertThat(ping()).isEqualTo("PONG");
    }

    @Test
    void refusesNewConnectionsUntilToldOtherwise() throws IOException {
        try (RedisConnection before = open()) {
            before.call("PING");
            proxy.refuse();

            assertThatThrownBy(this::open).isInstanceOf(ConnectException.class);
            assertThat(before.call("PING")).isEqualTo("PONG");
        }
        proxy.accept();
        assertThat(ping()).isEqualTo("PONG");
    }

    @Test
    void delaysBothWays() throws IOException {
        try (RedisConnection redis = open()) {
            redis.call("PING");
            proxy.delay(Duration.ofMillis(50));
            long start = System.nanoTime();

            redis.call("PING");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void deliversWhatWasHeldBackWhenItFlowsAgain() throws IOException {
        try (RedisConnection redis = open()) {
            redis.call("PING");
            proxy.stall();
            assertThatThrownBy(() -> redis.within(Duration.ofMillis(100)).call("PING"))
                    .isInstanceOf(SocketTimeoutException.class);

            proxy.flow();

            assertThat(redis.within(Duration.ofSeconds(10)).call("ECHO", "second"))
                    .isEqualTo("PONG");
        }
    }

    private String ping() throws IOException {
        try (RedisConnection redis = open()) {
            return redis.call("PING");
        }
    }

    private RedisConnection open() throws IOException {
        return RedisConnection.open(proxy.host(), proxy.port());
    }
}
