package io.tollgate.metering.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is and how long to wait for it, by the names every Spring application uses.
 *
 * @param url {@code redis[s]://[[user]:password@]host[:port][/database]}; wins over the parts
 * @param timeout for one command, from its sending to its reply
 */
@ConfigurationProperties("spring.data.redis")
public record RedisSettings(
        @Nullable String url,
        @DefaultValue("localhost") String host,
        @DefaultValue("6379") int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("0") int database,
        @DefaultValue Ssl ssl,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("2s") Duration connectTimeout) {

    /** Whether to speak TLS. */
    public record Ssl(@DefaultValue("false") boolean enabled) {}

    public RedisSettings {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("spring.data.redis.timeout must be above zero: " + timeout);
        }
    }

    /** Everything as it comes, at this address. */
    public static RedisSettings at(String url) {
        Duration patience = Duration.ofSeconds(2);
        return new RedisSettings(url, "localhost", 6379, null, null, 0, new Ssl(false), patience, patience);
    }

    RedisURI uri() {
        if (url != null) {
            RedisURI parsed = RedisURI.create(url);
            parsed.setTimeout(timeout);
            return parsed;
        }
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withDatabase(database)
                .withSsl(ssl.enabled())
                .withTimeout(timeout);
        if (password != null) {
            return username == null
                    ? uri.withPassword(password.toCharArray()).build()
                    : uri.withAuthentication(username, password.toCharArray()).build();
        }
        return uri.build();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisSettings[" + uri() + ", timeout=" + timeout + "]";
    }
}
