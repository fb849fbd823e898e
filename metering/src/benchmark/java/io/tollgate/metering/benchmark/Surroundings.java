package io.tollgate.metering.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.metering.wiring.Metering;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine, the versions and the CPU used so far by this JVM and by Redis. */
final class Surroundings implements AutoCloseable {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Metering metering;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> redis;

    Surroundings(Metering metering) {
        this.metering = metering;
        client = RedisClient.create(metering.redisUri());
        redis = client.connect();
        redis.setTimeout(Duration.ofMinutes(1));
    }

    void print() {
        say("machine   %d cores, %s, load %.2f"
                .formatted(SYSTEM.getAvailableProcessors(), processor(), SYSTEM.getSystemLoadAverage()));
        say("java      %s %s"
                .formatted(
                        Runtime.version(), ManagementFactory.getRuntimeMXBean().getInputArguments()));
        say("redis     %s, appendonly %s, io-threads %s"
                .formatted(info("server", "redis_version"), config("appendonly"), config("io-threads")));
        say("postgres  %s, fsync %s, synchronous_commit %s, shared_buffers %s, max_wal_size %s"
                .formatted(
                        setting("server_version"),
                        setting("fsync"),
                        setting("synchronous_commit"),
                        setting("shared_buffers"),
                        setting("max_wal_size")));
    }

    static void say(String line) {
        System.out.println(line);
    }

    double clientCpuMicros() {
        return SYSTEM.getProcessCpuTime() / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }

    double redisCpuMicros() {
        return (number("cpu", "used_cpu_user") + number("cpu", "used_cpu_sys")) * TimeUnit.SECONDS.toMicros(1);
    }

    void emptyRedis() {
        redis.sync().flushall();
    }

    double redisBytes() {
        return number("memory", "used_memory");
    }

    /** Bytes of one key, its name and what Redis keeps beside it included. */
    long bytesOf(String key) {
        Long bytes = redis.sync().memoryUsage(key);
        return bytes == null ? 0 : bytes;
    }

    private double number(String section, String field) {
        return Double.parseDouble(info(section, field));
    }

    private String info(String section, String field) {
        Matcher line = Pattern.compile(field + ":(\\S+)").matcher(redis.sync().info(section));
        return line.find() ? line.group(1) : "?";
    }

    private String config(String name) {
        return String.valueOf(redis.sync().configGet(name).get(name));
    }

    private String setting(String name) {
        return BookOfRecord.got(metering.book()
                .client()
                .sql("SELECT current_setting('" + name + "')")
                .mapValue(String.class)
                .one());
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }

    @Override
    public void close() {
        redis.close();
        client.shutdown();
    }
}
