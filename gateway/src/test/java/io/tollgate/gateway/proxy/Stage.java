package io.tollgate.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.misbehaviour.MisbehavingUpstream;
import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.Served;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gateway between clients and a provider that both misbehave. It has one event loop, so that calls meet each other's connections.
 */
final class Stage implements AutoCloseable {

    private static final Credits CREDIT = Credits.of(100);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    final MisbehavingUpstream upstream = MisbehavingUpstream.start();
    final BufferLeaks leaks = BufferLeaks.watched();
    final Gateway gateway;
    private final MisbehavingUpstream.Refusing refusing = new MisbehavingUpstream.Refusing();

    Stage(String... settings) {
        List<String> ours = List.of(
                "--spring.config.additional-location=classpath:/io/tollgate/gateway/proxy/ends.yml",
                "--MISBEHAVING_URL=" + upstream.url(),
                "--REFUSING_URL=" + refusing.url(),
                "--tollgate.server.event-loops=1");
        gateway = new Gateway(
                Stream.concat(ours.stream(), Arrays.stream(settings)).toArray(String[]::new));
    }

    /** A call by a new customer, on whose behalf the upstream will follow the script. Nothing is sent yet. */
    Call call(String route, Delivery delivery, Script script) {
        return call(route, delivery, script, "");
    }

    /** As {@link #call}; {@code more} are further members of the request, each beginning with a comma. */
    Call call(String route, Delivery delivery, Script script, String more) {
        return call(route, delivery, upstream.playing(script), more);
    }

    /** As {@link #call}, where the upstream follows another script the first time than from then on. */
    Call call(String route, Delivery delivery, Script first, Script next) {
        return call(route, delivery, upstream.playing(first, next), "");
    }

    private Call call(String route, Delivery delivery, String model, String more) {
        return new Call(
                gateway.customer(CREDIT.toDecimal()),
                "/" + route + "/chat/completions",
                model,
                delivery.request(model, more));
    }

    /** One call, and what is to be found of it afterwards. */
    final class Call {

        private final Customer customer;
        private final String path;
        private final String model;
        private final String request;

        private Call(Customer customer, String path, String model, String request) {
            this.customer = customer;
            this.path = path;
            this.model = model;
            this.request = request;
        }

        String request() {
            return request;
        }

        WireCall.Answer answer() {
            try (WireCall wire = sent()) {
                return wire.answer();
            } catch (UncheckedIOException e) {
                throw new AssertionError(
                        "no answer; served " + timesServed() + " times, held " + gateway.held(customer) + ", booked "
                                + ends() + ", connections to the upstream " + upstream.openConnections(),
                        e);
            }
        }

        WireCall sent() {
            return sentOn(WireCall.to(gateway.url()));
        }

        WireCall sentOn(WireCall wire) {
            return wire.post(path, customer.key(), request);
        }

        WireCall almostSent() {
            return WireCall.to(gateway.url()).postAlmost(path, customer.key(), request);
        }

        /** The same customer's next call. */
        Call next(Script script) {
            String next = upstream.playing(script);
            return new Call(customer, path, next, Delivery.PLAIN.request(next, ""));
        }

        /** The upstream's side of it. */
        Served served() {
            return upstream.call(model);
        }

        int timesServed() {
            return upstream.calls(model).size();
        }

        /** Returns once the call's credit is held. */
        void awaitHeld() {
            await("the hold")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> gateway.held(customer) > 0);
        }

        /** Nothing is held any more, one end is booked, and the account has paid exactly that. */
        void assertEnded(Ended expected) {
            end();
            assertThat(ends()).containsExactly(expected);
            assertThat(gateway.settled(customer)).isEqualTo(new Balance(CREDIT.micros() - expected.chargedMicros(), 0));
        }

        /** The one that is booked. */
        Ended end() {
            await("the booked end")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !ends().isEmpty());
            return ends().getFirst();
        }

        private List<Ended> ends() {
            return gateway.ends(customer);
        }
    }

    /** No buffer was forgotten, and no connection to the upstream either. */
    void assertNothingLeaks() {
        leaks.assertNone();
    }

    @Override
    public void close() {
        gateway.close();
        upstream.close();
        refusing.close();
        leaks.close();
    }
}
