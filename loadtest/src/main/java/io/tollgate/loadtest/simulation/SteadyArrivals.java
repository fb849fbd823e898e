package io.tollgate.loadtest.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.tollgate.loadtest.api.AdminApi;
import io.tollgate.loadtest.api.LoadAccount;
import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.call.CallLog;
import io.tollgate.loadtest.check.ConservationCheck;
import java.util.List;
import java.util.Map;

/** Plain and streamed calls that arrive at a steady rate, whatever the gateway makes of them. */
public final class SteadyArrivals extends Simulation {
    private static final int TOPIC_LENGTHS = 40;

    private final LoadSettings load = LoadSettings.fromSystemProperties();
    private final Target target = Target.fromEnvironment();
    private final CallLog log = CallLog.create(load.calls());

    public SteadyArrivals() {
        ScenarioBuilder arrivals = scenario("calls")
                .feed(accounts())
                .exec(SteadyArrivals::withTopic)
                .exec(oneCall());

        setUp(arrivals.injectOpen(constantUsersPerSec(load.callsPerSecond()).during(load.duration())))
                .protocols(protocol())
                .assertions(global().failedRequests().count().is(0L));
    }

    /** Once the last call is over; a broken invariant fails the run. */
    @Override
    public void after() {
        log.close();
        ConservationCheck.of(target, load.calls()).demand(System.out);
    }

    private HttpProtocolBuilder protocol() {
        return http.baseUrl(target.gateway().toString())
                .disableWarmUp()
                .shareConnections()
                .header("Authorization", "Bearer #{key}")
                .header("Content-Type", "application/json");
    }

    private FeederBuilder<Object> accounts() {
        AdminApi admin = new AdminApi(target);
        List<LoadAccount> created = switch (load.creation()) {
            case ORDINARY -> admin.createAccounts(load.accounts(), load.creditsEach());
            case BULK -> admin.createAccountsInBulk(load.accounts(), load.creditsEach());
        };
        List<Map<String, Object>> sessions = created.stream()
                .map(account -> Map.<String, Object>of("account", account.id(), "key", account.key()))
                .toList();
        return listFeeder(sessions).circular();
    }

    /** Prompts differ in length, or every call would cost the same and a mix-up could not be seen. */
    private static Session withTopic(Session session) {
        long length = 1 + session.userId() % TOPIC_LENGTHS;
        return session.set("topic", "harbours " + "and boats ".repeat(Math.toIntExact(length)) + session.userId());
    }

    private ChainBuilder oneCall() {
        ChatCall plain = ChatCall.plain(load.model());
        ChatCall streamed = ChatCall.streamed(load.model());
        double share = load.streamedPercent();
        return randomSwitch()
                .on(
                        percent(share).then(exec(streamed.request()).exec(streamed.written(log))),
                        percent(100 - share).then(exec(plain.request()).exec(plain.written(log))));
    }
}
