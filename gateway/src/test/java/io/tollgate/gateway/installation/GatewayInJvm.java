package io.tollgate.gateway.installation;

import io.tollgate.gateway.TollgateApplication;
import java.net.URI;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway in this JVM. */
public final class GatewayInJvm implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private GatewayInJvm(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Returns when it takes calls. It is closed by {@link #close()} alone, so that its stores outlive it. */
    public static GatewayInJvm start(GatewayProperties properties) {
        SpringApplication application = new SpringApplication(TollgateApplication.class);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(properties.defaults());
        InstantSource clock = properties.stripesClock();
        if (clock != null) {
            application.addInitializers(context -> context.getBeanFactory().registerSingleton("billingClock", clock));
        }
        return new GatewayInJvm(application.run(properties.arguments().toArray(String[]::new)));
    }

    public URI uri() {
        String port = context.getEnvironment().getProperty("local.server.port");
        return URI.create("http://localhost:" + Objects.requireNonNull(port, "it does not listen"));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
