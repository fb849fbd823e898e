package io.tollgate.sandbox.ai;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.resources.LoopResources;

/** The simulated provider, listening on the loopback interface with event loops of its own until closed. */
public final class AiSimulator implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(AiSimulator.class);
    static final String CODEC = "codec";
    private static final String PORT_SETTING = "TOLLGATE_AI_PORT";

    private final AiSettings settings;
    private final LoopResources loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Behaviours behaviours;
    private final Deliveries deliveries;
    private final RequestHandler.Provider provider;
    private final Channel listener;

    private AiSimulator(AiSettings settings) {
        this.settings = settings;
        this.behaviours = new Behaviours(settings.models());
        this.deliveries = new Deliveries(settings.deliveriesKept());
        this.provider = new RequestHandler.Provider(
                ApiKey.of(settings.apiKey()),
                behaviours,
                deliveries,
                new Models(settings.models()),
                new Control(behaviours, deliveries),
                new AtomicLong());
        this.loops = LoopResources.create("ai-simulator", 1, settings.eventLoops(), true);
        this.listener = listen();
    }

    /** Returns when it accepts connections. */
    public static AiSimulator start(AiSettings settings) {
        return new AiSimulator(settings);
    }

    private Channel listen() {
        EventLoopGroup acceptor = loops.onServerSelect(true);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
        var bound = new ServerBootstrap()
                .group(acceptor, loops.onServer(true))
                .channel(loops.onChannelClass(ServerSocketChannel.class, acceptor))
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(connection())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.dispose();
            throw new IllegalStateException(
                    "Port %d is taken, so the simulated AI provider cannot listen on it. Free it, or choose another with %s (0 picks a free one)."
                            .formatted(settings.port(), PORT_SETTING),
                    bound.cause());
        }
        return bound.channel();
    }

    private ChannelInitializer<Channel> connection() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                connections.add(channel);
                channel.pipeline()
                        .addLast(new HttpRequestDecoder())
                        .addLast(CODEC, new HttpResponseEncoder()) // for 100 Continue; answers go past it
                        .addLast(new BoundedRequests(settings.maxBodyBytes()))
                        .addLast(new RequestHandler(provider));
            }
        };
    }

    /** Without a path: {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    public String apiKey() {
        return settings.apiKey();
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    /** From now on, for one model. Tests that run in parallel had better use the models {@code fault:<name>}. */
    public void behave(String model, Behaviour behaviour) {
        behaviours.put(model, behaviour);
    }

    /** From now on, for every model. */
    public void behave(Behaviour behaviour) {
        behaviours.putAll(behaviour);
    }

    public void resetBehaviour() {
        behaviours.reset();
    }

    /** Cuts whatever is under way. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        loops.dispose();
    }
}
