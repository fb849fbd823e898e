package io.tollgate.gateway.fault;

import io.tollgate.gateway.TollgateApplication;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayProcess;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.sandbox.ai.AiSimulator;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.stores.AppendOnly;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.FaultProxy;
import io.tollgate.sandbox.stores.PostgresStore;
import io.tollgate.sandbox.stores.RedisStore;
import io.tollgate.sandbox.stores.StoreSettings;
import io.tollgate.sandbox.stores.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Two gateways as processes, and stores of their own that they reach over wires; all of it can be broken and mended. */
final class FaultyInstallation implements AutoCloseable {

    static final int GATEWAYS = 2;

    private final Stores stores = Stores.start(StoreSettings.embedded().withAppendOnly(AppendOnly.EVERYSEC));
    private final FaultProxy redisWire =
            FaultProxy.to(stores.redis().host(), stores.redis().port());
    private final FaultProxy postgresWire =
            FaultProxy.to(stores.postgres().host(), stores.postgres().port());
    private final Installation installation = Installation.on(overWire(database()), redisUri(redisWire));
    private final List<Integer> ports = IntStream.range(0, GATEWAYS)
            .map(_ -> Installation.freePort())
            .boxed()
            .toList();
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private RedisStore redis = stores.redis();

    /** Returns when both gateways take calls. */
    static FaultyInstallation start() {
        FaultyInstallation started = new FaultyInstallation();
        try {
            started.ports.forEach(port -> started.gateways.add(started.launch(port)));
            started.gateways.forEach(GatewayProcess::awaitReady);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private GatewayProcess launch(int port) {
        return GatewayProcess.launch(
                TollgateApplication.class,
                // Longer than any of the faults lasts; what a dead gateway held is free again after it.
                installation.properties(port).set("tollgate.holds.ttl", "6s"),
                port);
    }

    /** How the provider answers: long enough that there are always calls under way. */
    void answersTakeAWhile() {
        ai().behave(Behaviour.fast()
                .withFirstByte(Duration.ofMillis(120))
                .withTokens(20, 100)
                .withTokensPerChunk(5)
                .withBetweenChunks(Duration.ofMillis(15)));
    }

    AiSimulator ai() {
        return installation.ai();
    }

    List<GatewayClient> clients() {
        return gateways.stream().map(GatewayProcess::client).toList();
    }

    Operator operator() {
        GatewayProcess alive =
                gateways.stream().filter(GatewayProcess::isAlive).findFirst().orElseThrow();
        return new Operator(alive.client(), Installation.ADMIN_TOKEN);
    }

    void kill(int gateway) {
        gateways.get(gateway).kill();
    }

    /** Starts whatever a test has left broken; returns when all of it works. */
    void mend() {
        redis.start();
        stores.postgres().start();
        List.of(redisWire, postgresWire).forEach(FaultProxy::flow);
        for (int gateway = 0; gateway < GATEWAYS; gateway++) {
            if (!gateways.get(gateway).isAlive()) {
                gateways.set(gateway, launch(ports.get(gateway)));
            }
        }
        gateways.forEach(GatewayProcess::awaitReady);
    }

    /** The one that the wire leads to. */
    RedisStore redis() {
        return redis;
    }

    RedisStore startReplica() {
        return stores.startReplica();
    }

    /** From now on this one is behind the address that the gateways know. */
    void failOverTo(RedisStore replica) {
        redis = replica;
        redisWire.leadTo(replica.host(), replica.port());
        redisWire.cut();
    }

    FaultProxy redisWire() {
        return redisWire;
    }

    PostgresStore postgres() {
        return stores.postgres();
    }

    FaultProxy postgresWire() {
        return postgresWire;
    }

    /** Not over the wire. */
    Database database() {
        return stores.postgres().database();
    }

    private Database overWire(Database direct) {
        return new Database(postgresWire.host(), postgresWire.port(), direct.name(), direct.owner(), direct.app());
    }

    private static String redisUri(FaultProxy wire) {
        return "redis://" + wire.host() + ":" + wire.port();
    }

    @Override
    public void close() {
        gateways.forEach(GatewayProcess::close);
        installation.close();
        redisWire.close();
        postgresWire.close();
        stores.close();
    }
}
