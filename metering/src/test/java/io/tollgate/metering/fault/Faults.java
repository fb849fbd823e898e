package io.tollgate.metering.fault;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Statement;
import io.tollgate.metering.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Interrupts one gateway at its n-th I/O from now: a call of a port to the live store, an SQL statement, a begin or a commit. Stands
 * between the beans, so the components themselves are the real ones.
 */
public final class Faults implements BeanPostProcessor {

    /** What becomes of the I/O that is struck. */
    public enum Way {
        /** It is not done. */
        BEFORE,
        /** It is done, and the answer is lost. */
        AFTER,
        /** Nothing comes back, and whoever waits is cancelled. */
        SILENCE,
        /** It is done, and after that as with {@link #SILENCE}. */
        SILENCE_AFTER
    }

    private final List<String> packages;

    private final AtomicInteger left = new AtomicInteger();
    private volatile Way way = Way.BEFORE;
    private volatile boolean struck;
    private volatile boolean dead;
    private volatile Sinks.Empty<Void> silence = Sinks.empty();
    private volatile Sinks.Empty<Void> givenUp = Sinks.empty();

    /** Between the beans of these packages and whoever uses them, and before Postgres. */
    public Faults(String... packages) {
        this.packages = List.of(packages);
    }

    public void strikeAt(int inOutput, Way how) {
        way = how;
        struck = false;
        silence = Sinks.empty();
        givenUp = Sinks.empty();
        left.set(inOutput);
    }

    /** Ends when the run has to cancel what it waits for. */
    public Mono<Void> silence() {
        return silence.asMono();
    }

    public boolean hasStruck() {
        return struck;
    }

    /** Ends this; answers whether anything was struck. */
    public boolean stop() {
        left.set(0);
        givenUp.tryEmitEmpty(); // what a real store leaves unanswered times out once
        return struck;
    }

    /** From now on nothing reaches a store: the gateway was killed. */
    public void kill() {
        dead = true;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ConnectionFactory connections) {
            return proxy(
                    connections,
                    (method, result) -> result instanceof Publisher<?> made
                            ? Mono.from(made).map(connection -> connection((Connection) connection))
                            : result);
        }
        return isPort(bean)
                ? proxy(bean, (method, result) -> switch (result) {
                    case Mono<?> mono -> around(mono);
                    case Flux<?> flux -> around(flux);
                    case null, default -> result;
                })
                : bean;
    }

    private boolean isPort(Object bean) {
        String type = bean.getClass().getPackageName() + ".";
        return packages.stream().anyMatch(type::startsWith)
                && bean.getClass().getInterfaces().length > 0
                && !bean.getClass().isRecord()
                && !bean.getClass().getSimpleName().contains("Configuration");
    }

    private Connection connection(Connection real) {
        return proxy(real, (method, result) -> switch (method.getName()) {
            case "createStatement" -> statement((Statement) needed(result));
            case "commitTransaction", "beginTransaction" -> around(Mono.from((Publisher<?>) needed(result)));
            default -> result;
        });
    }

    private Statement statement(Statement real) {
        return proxy(
                real,
                (method, result) ->
                        "execute".equals(method.getName()) ? around(Flux.from((Publisher<?>) needed(result))) : result);
    }

    private <T> Mono<T> around(Mono<T> work) {
        return Mono.defer(() -> switch (strike()) {
            case null -> work;
            case BEFORE -> Mono.error(failure());
            case AFTER -> work.then(Mono.error(Faults::failure));
            case SILENCE -> silent();
            case SILENCE_AFTER -> work.then(Mono.defer(this::silent));
        });
    }

    private <T> Flux<T> around(Flux<T> work) {
        return Flux.defer(() -> switch (strike()) {
            case null -> work;
            case BEFORE -> Mono.error(failure());
            case AFTER -> work.concatWith(Mono.error(Faults::failure));
            case SILENCE -> silent();
            case SILENCE_AFTER -> work.concatWith(Mono.defer(this::silent));
        });
    }

    private <T> Mono<T> silent() {
        Mono<T> failing = givenUp.asMono().then(Mono.error(Faults::failure));
        silence.tryEmitEmpty();
        return failing;
    }

    private @Nullable Way strike() {
        if (dead) {
            return Way.BEFORE;
        }
        if (left.get() > 0 && left.decrementAndGet() == 0) {
            struck = true;
            return way;
        }
        return null;
    }

    private static StoreUnavailableException failure() {
        return new StoreUnavailableException("struck", new IOException("struck"));
    }

    private interface Wrapping {
        @Nullable
        Object of(Method method, @Nullable Object result);
    }

    @SuppressWarnings("unchecked") // a proxy of all its interfaces
    private static <T> T proxy(T real, Wrapping wrapping) {
        Class<?> type = real.getClass();
        Set<Class<?>> interfaces = new LinkedHashSet<>(ClassUtils.getAllInterfacesForClassAsSet(type));
        InvocationHandler handler = (self, method, arguments) -> {
            Object result = invoked(() -> method.invoke(real, arguments));
            boolean isFluent = method.getReturnType().equals(Statement.class) && real instanceof Statement;
            return isFluent ? self : wrapping.of(method, result);
        };
        return (T) Proxy.newProxyInstance(Faults.class.getClassLoader(), interfaces.toArray(Class<?>[]::new), handler);
    }

    private interface Call {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object invoked(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T needed(@Nullable T value) {
        Supplier<IllegalStateException> none = () -> new IllegalStateException("the driver answered nothing");
        if (value == null) {
            throw none.get();
        }
        return value;
    }
}
