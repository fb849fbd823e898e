package io.tollgate.gateway.fault;

import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayProcess;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.misbehaviour.MisbehavingUpstream;
import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.Served;
import io.tollgate.gateway.misbehaviour.WireCall;
import java.time.Duration;

/** A gateway process that is going to leave, and calls to it. */
final class DrainingGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "/v1/chat/completions";

    private final GatewayProcess process;
    private final MisbehavingUpstream upstream;

    DrainingGateway(GatewayProcess process, MisbehavingUpstream upstream) {
        this.process = process;
        this.upstream = upstream;
    }

    /** A call for which the upstream will follow the script; {@code more} are further members of the request, each beginning with a comma. */
    Call call(Customer customer, Script script, String more) {
        String model = upstream.playing(script);
        return new Call(
                customer,
                model,
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of the sea.\"}]"
                        + more + "}");
    }

    /** One call. */
    final class Call {

        private final Customer customer;
        private final String model;
        private final String request;

        private Call(Customer customer, String model, String request) {
            this.customer = customer;
            this.model = model;
            this.request = request;
        }

        String request() {
            return request;
        }

        WireCall sent() {
            return WireCall.to(process.client().base().toString()).post(PATH, customer.key(), request);
        }

        WireCall.Answer answer() {
            try (WireCall wire = sent()) {
                return wire.answer();
            }
        }

        Served served() {
            return upstream.call(model);
        }
    }

    void terminate() {
        process.terminate();
    }

    void awaitReadiness(int status) {
        await("readiness")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        process.client().get("/actuator/health/readiness", null).statusCode() == status);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitEnd() {
        return process.awaitEnd();
    }

    @Override
    public void close() {
        process.close();
    }
}
