package io.tollgate.gateway.journey;

import io.tollgate.gateway.TollgateApplication;
import io.tollgate.metering.command.LiveCommands;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import reactor.core.publisher.Mono;

/** A gateway whose process ends, as by SIGKILL, at the moment it would push its first command to the live store. */
public final class DiesBeforeThePush {

    static final int STATUS = 42;

    private DiesBeforeThePush() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(TollgateApplication.class);
        application.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(new Doom()));
        application.run(args);
    }

    private static final class Doom implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof LiveCommands ? (LiveCommands) _ -> Mono.fromRunnable(Doom::halt) : bean;
        }

        private static void halt() {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
