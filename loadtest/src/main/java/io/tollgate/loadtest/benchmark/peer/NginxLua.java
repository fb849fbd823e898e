package io.tollgate.loadtest.benchmark.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A meter in nginx and Lua, as plugins of OpenResty, Kong and APISIX work: the leanest thing in use that reserves and
 * settles. Only where nginx with its Lua module is on the path (Debian: nginx-extras and lua-nginx-redis).
 */
final class NginxLua implements Peer {
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/nginx/modules/ndk_http_module.so"),
            Path.of("/usr/lib/nginx/modules/ngx_http_lua_module.so"));
    private static final Path REDIS_LIBRARY = Path.of("/usr/share/lua/5.1/nginx/redis.lua");
    private static final long TOKENS_EACH = 100_000_000_000_000L;

    static boolean isInstalled() {
        return onPath("openresty").isPresent()
                || (onPath("nginx").isPresent()
                        && MODULES.stream().allMatch(Files::exists)
                        && Files.exists(REDIS_LIBRARY));
    }

    @Override
    public String name() {
        return "nginx-lua";
    }

    @Override
    public String description(Site site) {
        return version()
                + " with Lua: key, body, one Redis script to reserve and one to settle; no lots, limits or ledger";
    }

    @Override
    public List<String> command(Site site, int port, List<String> moreJvmFlags) {
        Path directory = directory(site);
        for (String script : List.of("meter.lua", "reserve.lua", "settle.lua")) {
            write(directory.resolve(script), resource(script));
        }
        URI redis = URI.create(site.stores().redisUrl());
        String settings = fill(
                resource("nginx.conf"),
                Map.of(
                        "modules", isOpenResty() ? "" : modules(),
                        "user", System.getProperty("user.name").equals("root") ? "user root;" : "",
                        "workers", Integer.toString(Runtime.getRuntime().availableProcessors()),
                        "directory", directory.toString(),
                        "upstream", Integer.toString(site.upstreamPort()),
                        "redis.host", redis.getHost(),
                        "redis.port", Integer.toString(redis.getPort()),
                        "port", Integer.toString(port)));
        write(directory.resolve("nginx.conf"), settings);
        return List.of(
                program().toString(),
                "-p",
                directory + "/",
                "-c",
                directory.resolve("nginx.conf").toString());
    }

    @Override
    public void prepare(Site site, List<String> keys) {
        try (RedisWriter redis = RedisWriter.open(URI.create(site.stores().redisUrl()), 2)) {
            for (int i = 0; i < keys.size(); i++) {
                redis.send("SET", "key:" + RedisWriter.sha256(keys.get(i)), "account-" + i);
                redis.send("HSET", "account:account-" + i, "left", Long.toString(TOKENS_EACH));
            }
        }
    }

    @Override
    public String readyPath() {
        return "/ready";
    }

    @Override
    public boolean isJvm() {
        return false;
    }

    @Override
    public boolean usesStores() {
        return true;
    }

    private static String modules() {
        return MODULES.stream().map(module -> "load_module " + module + ";").collect(Collectors.joining("\n"));
    }

    private static boolean isOpenResty() {
        return onPath("openresty").isPresent();
    }

    private static Path program() {
        return onPath("openresty")
                .or(() -> onPath("nginx"))
                .orElseThrow(() -> new IllegalStateException("there is no nginx on the path"));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String version() {
        try {
            Process asked = new ProcessBuilder(program().toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            return new String(asked.getInputStream().readAllBytes(), UTF_8)
                    .replace("nginx version: ", "")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(Site site) {
        try {
            return Files.createDirectories(site.directory().resolve("nginx-lua"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fill(String template, Map<String, String> values) {
        String filled = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("%" + value.getKey() + "%", value.getValue());
        }
        return filled;
    }

    private static String resource(String name) {
        try (InputStream resource = Objects.requireNonNull(NginxLua.class.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
