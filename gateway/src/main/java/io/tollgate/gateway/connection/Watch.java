package io.tollgate.gateway.connection;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.IdentityHashMap;

/** The {@link Rounds} of all event loops. */
public final class Watch implements AutoCloseable {

    private final IdentityHashMap<EventLoop, Rounds> rounds = new IdentityHashMap<>();

    Watch(EventLoopGroup loops) {
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            rounds.put(loop, new Rounds(loop));
        }
    }

    public Rounds on(EventLoop loop) {
        Rounds own = rounds.get(loop);
        if (own == null) {
            throw new IllegalArgumentException("not one of the gateway's event loops");
        }
        return own;
    }

    @Override
    public void close() {
        rounds.values().forEach(Rounds::stop);
    }
}
