package io.tollgate.loadtest.benchmark.burning;

import io.tollgate.loadtest.benchmark.burning.BurningGateway.Fault;
import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.peer.RunningPeer;
import io.tollgate.loadtest.benchmark.peer.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** {@link BurningGateway} as a peer. */
public record Burning(long microsEach, long dawdleMillis, Fault fault) implements Peer {

    /** Nothing but the gateway. */
    public RunningPeer start(Path directory) {
        return RunningPeer.start(this, new Site(directory, directory, 0, null, List.of()), List.of());
    }

    public static long calls(RunningPeer gateway) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI count = gateway.uri().resolve("/count");
            return Long.parseLong(client.send(HttpRequest.newBuilder(count).build(), BodyHandlers.ofString())
                    .body());
        }
    }

    @Override
    public String name() {
        return "burning-" + microsEach;
    }

    @Override
    public String description(Site site) {
        return "uses " + microsEach + " microseconds of CPU for each call";
    }

    @Override
    public List<String> command(Site site, int port, List<String> moreJvmFlags) {
        return Site.ownClass(
                BurningGateway.class,
                List.of(
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                Integer.toString(port),
                Long.toString(microsEach),
                Long.toString(dawdleMillis),
                fault.name());
    }

    @Override
    public String readyPath() {
        return "/count";
    }
}
