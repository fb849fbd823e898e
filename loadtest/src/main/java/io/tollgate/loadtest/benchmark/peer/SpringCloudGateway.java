package io.tollgate.loadtest.benchmark.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Spring Cloud Gateway with its RequestRateLimiter: one Redis script for each call, no body read, nothing settled. */
final class SpringCloudGateway implements Peer {
    @Override
    public String name() {
        return "spring-cloud-gateway";
    }

    @Override
    public String description(Site site) {
        return "Spring Cloud Gateway " + Jars.versionOf("spring-cloud-gateway-server-webflux", jar(site))
                + " with RequestRateLimiter, Reactor Netty " + Jars.versionOf("reactor-netty-http", jar(site));
    }

    @Override
    public List<String> command(Site site, int port, List<String> moreJvmFlags) {
        return Jars.command(jar(site), site.jvmFlags(), moreJvmFlags);
    }

    @Override
    public Map<String, String> environment(Site site, int port) {
        // A logical database of its own: the gateway under test keeps its keys in number 0.
        return Map.of(
                "SERVER_PORT", Integer.toString(port),
                "BENCHMARK_UPSTREAM", "http://127.0.0.1:" + site.upstreamPort(),
                "SPRING_DATA_REDIS_URL", site.stores().redisUrl() + "/1");
    }

    @Override
    public boolean usesStores() {
        return true;
    }

    private static Path jar(Site site) {
        return Jars.in(site.project().resolve("loadtest/spring-cloud-gateway/target"), "spring-cloud-gateway");
    }
}
