package io.tollgate.loadtest.benchmark.peer;

import io.tollgate.loadtest.benchmark.upstream.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The packaged gateway, metering every call. */
public final class Tollgate implements Peer {
    public static final String ADMIN_TOKEN = "benchmark-admin-token-0123456789abcdef";

    /** Micro-credits for a token: prices are credits for a million of them. */
    public static final long INPUT_MICROS = 1;

    public static final long OUTPUT_MICROS = 4;

    /** All open streams at once, were there only one event loop. */
    private static final int CONNECTIONS_PER_LOOP = 4_096;

    @Override
    public String name() {
        return "tollgate";
    }

    @Override
    public String description(Site site) {
        return "Tollgate: key, body, hold, relay, usage, settle, event, booked in Postgres";
    }

    @Override
    public List<String> command(Site site, int port, List<String> moreJvmFlags) {
        Path jar = Jars.in(site.project().resolve("gateway/target"), "gateway");
        return Jars.command(
                jar,
                site.jvmFlags(),
                moreJvmFlags,
                "--spring.config.additional-location=file:" + settings(site),
                "--server.address=127.0.0.1",
                "--logging.level.root=warn");
    }

    @Override
    public Map<String, String> environment(Site site, int port) {
        Map<String, String> environment = new LinkedHashMap<>(site.stores().gatewayEnvironment());
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("TOLLGATE_ADMIN_TOKEN", ADMIN_TOKEN);
        environment.put("STRIPE_SECRET_KEY", "sk_test_benchmark");
        environment.put("STRIPE_WEBHOOK_SECRET", "whsec_benchmark");
        environment.put("STRIPE_API_BASE", "http://127.0.0.1:1");
        return environment;
    }

    @Override
    public String readyPath() {
        return "/actuator/health/readiness";
    }

    @Override
    public boolean usesStores() {
        return true;
    }

    private static Path settings(Site site) {
        String models = Arrays.stream(Pace.values())
                .map(pace -> "        - {name: " + pace.model() + ", price: {input: " + INPUT_MICROS + ", output: "
                        + OUTPUT_MICROS + "}}\n")
                .collect(Collectors.joining());
        try {
            return Files.writeString(site.directory().resolve("tollgate.yml"), """
                    tollgate:
                      admin.bulk-creation: true
                      keys.accept-foreign: true
                      upstreams:
                        bench:
                          url: http://127.0.0.1:%d/v1
                          connections-per-loop: %d
                      routes:
                        - name: chat
                          path: /v1/chat/completions
                          upstream: bench
                          models:
                    %s""".formatted(
                            site.upstreamPort(), CONNECTIONS_PER_LOOP, models.indent(4)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
