package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.peer.RunningPeer;
import io.tollgate.loadtest.benchmark.peer.Site;
import io.tollgate.loadtest.benchmark.peer.Stores;
import io.tollgate.loadtest.benchmark.peer.Tollgate;
import io.tollgate.loadtest.benchmark.process.Child;
import io.tollgate.loadtest.benchmark.process.Cpu;
import io.tollgate.loadtest.benchmark.upstream.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is around the peers: the upstream, the stores, the accounts. */
final class Scene implements AutoCloseable {
    private static final List<String> UPSTREAM_FLAGS = List.of(
            "-Xms128m",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Site site;
    private final Child upstream;
    private final @Nullable Stores stores;
    private final int accounts;
    private final Cpu redis;
    private final Cpu postgres;
    private final Cpu rig;
    private @Nullable Books books;

    private Scene(Site site, Child upstream, @Nullable Stores stores, int accounts) {
        this.site = site;
        this.upstream = upstream;
        this.stores = stores;
        this.accounts = accounts;
        this.redis = stores == null ? Cpu.ofNothing() : stores.redis();
        this.rig = Cpu.of(upstream.handle()).and(Cpu.ofThisProcess());
        this.postgres = stores == null ? Cpu.ofNothing() : stores.postgres();
    }

    static Scene set(Options options, Path directory) {
        int port = RunningPeer.freePort();
        Child upstream = Child.start(
                "upstream", directory, Site.ownClass(Upstream.class, UPSTREAM_FLAGS, Integer.toString(port)), Map.of());
        boolean needed = options.peers().stream().anyMatch(Peer::usesStores);
        Stores stores = needed ? Stores.start(options.project(), directory) : null;
        Site site = new Site(options.project(), directory, port, stores, options.jvmFlags());
        return new Scene(site, upstream, stores, options.accounts());
    }

    Site site() {
        return site;
    }

    void openBooks(Collection<RunningPeer> peers) {
        for (RunningPeer peer : peers) {
            if (peer.peer() instanceof Tollgate) {
                books = Books.open(peer.uri(), URI.create("http://127.0.0.1:" + site.upstreamPort()), accounts);
            }
        }
        List<String> all = Stream.concat(keys().stream(), keysForBrokenOff().stream())
                .distinct()
                .toList();
        peers.forEach(peer -> peer.peer().prepare(site, all));
    }

    /** The same for all peers. */
    List<String> keys() {
        return books == null
                ? IntStream.range(0, accounts)
                        .mapToObj("sk-load-00000000-0000-0000-0000-000000000000-%d"::formatted)
                        .toList()
                : books.keys();
    }

    List<String> keysForBrokenOff() {
        return books == null ? keys() : books.keysForBrokenOff();
    }

    Meters metersOf(RunningPeer peer) {
        boolean stored = peer.peer().usesStores();
        return new Meters(peer.cpu(), stored ? redis : Cpu.ofNothing(), stored ? postgres : Cpu.ofNothing(), rig);
    }

    void enter(RunningPeer peer, Form form, Tally tally) {
        if (books != null && peer.peer() instanceof Tollgate) {
            books.enter(form, tally);
        }
    }

    void demandBalance(Map<String, RunningPeer> running) {
        for (RunningPeer peer : running.values()) {
            if (books != null && peer.peer() instanceof Tollgate) {
                books.demandBalance(peer.uri(), site.directory(), System.out);
            }
        }
    }

    String booksVerdict(@Nullable String imbalance) {
        return books == null ? "none, Tollgate was not there" : Objects.requireNonNullElse(imbalance, "they balance");
    }

    @Override
    public void close() {
        upstream.close();
        if (stores != null) {
            stores.close();
        }
    }
}
