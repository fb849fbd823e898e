package io.tollgate.metering.redis;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.tollgate.metering.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Tells what will pass (the store is unavailable) from what is our bug. */
final class RedisFailures {

    /** First words of error replies that a later attempt may not meet again. */
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "BUSY",
            "TRYAGAIN",
            "CLUSTERDOWN",
            "MASTERDOWN",
            "READONLY",
            "OOM",
            "MISCONF",
            "NOREPLICAS",
            "MOVED",
            "ASK",
            "NOAUTH");

    private RedisFailures() {}

    static RuntimeException ofReply(String what, String error) {
        int space = error.indexOf(' ');
        return PASSING.contains(space < 0 ? error : error.substring(0, space))
                ? new StoreUnavailableException("Redis refused " + what + ": " + error)
                : new IllegalStateException("Redis could not run " + what + ": " + error);
    }

    static StoreUnavailableException closed() {
        return new StoreUnavailableException("the connection to Redis was closed");
    }

    static StoreUnavailableException late(Duration timeout) {
        return new StoreUnavailableException("Redis did not answer within " + timeout);
    }

    static Throwable of(Throwable failure) {
        return switch (failure) {
            case StoreUnavailableException unavailable -> unavailable;
            case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            case RedisLoadingException loading -> new StoreUnavailableException("Redis is loading its data", loading);
            case RedisBusyException busy -> new StoreUnavailableException("Redis is busy", busy);
            case RedisCommandExecutionException refusal -> ofReply("a command", String.valueOf(refusal.getMessage()));
            case RedisException unreachable -> new StoreUnavailableException("Redis is unreachable", unreachable);
            case IOException broken -> new StoreUnavailableException("the connection to Redis broke", broken);
            case TimeoutException late -> new StoreUnavailableException("Redis did not answer in time", late);
            default -> failure;
        };
    }
}
