package io.tollgate.metering.wiring.model;

import io.tollgate.metering.fault.Faults;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.wiring.Metering;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** One gateway of a run: the module as the application starts it, with the run's clock, and with faults between its beans. */
final class Gateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] PORTS = Stream.of("account", "command", "recovery", "reservation", "usage", "kept")
            .flatMap(feature ->
                    Stream.of(".postgres.", ".redis.").map(store -> "io.tollgate.metering." + feature + store))
            .toArray(String[]::new);

    /** Those that were cut when Postgres was replaced: the pool finds out one by one, before anything is done on them. */
    private static final Retry PAST_DEAD_CONNECTIONS = Retry.max(40).filter(Gateway::isDeadConnection);

    final int number;
    final Faults faults = new Faults(PORTS);
    private final Metering metering;

    private Gateway(int number, ScriptClock clock, Starting starting) {
        this.number = number;
        this.metering = starting.start(context -> {
            context.registerBean(ScriptClock.class, () -> clock);
            context.registerBean(
                    AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
                    LifecycleProcessor.class,
                    LoopsAsleep::new);
            context.getBeanFactory().addBeanPostProcessor(faults);
        });
    }

    /** Starts no background loop: everything happens when the run says so. */
    private static final class LoopsAsleep implements LifecycleProcessor {

        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    private interface Starting {
        Metering start(ApplicationContextInitializer<GenericApplicationContext> more);
    }

    /** With stores of its own. */
    static Gateway first(ScriptClock clock, String... properties) {
        return new Gateway(1, clock, more -> Metering.startWith(more, properties));
    }

    Gateway beside(int other, ScriptClock clock, String... properties) {
        return new Gateway(other, clock, more -> metering.besideWith(more, properties));
    }

    private static boolean isDeadConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if ("Connection validation failed".equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    <T> T bean(Class<T> type) {
        return metering.bean(type);
    }

    Metering metering() {
        return metering;
    }

    static <T> @Nullable T end(Mono<T> work) {
        return work.retryWhen(PAST_DEAD_CONNECTIONS).block(PATIENCE);
    }

    static <T> T value(Mono<T> work) {
        return Objects.requireNonNull(end(work), "it was empty");
    }

    /** As if the process were killed: nothing it still wants to do reaches a store. */
    void kill() {
        faults.kill();
        metering.close();
    }

    @Override
    public void close() {
        metering.close();
    }
}
