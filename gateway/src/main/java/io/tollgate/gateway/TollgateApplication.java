package io.tollgate.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway process. */
@SpringBootApplication(scanBasePackages = "io.tollgate", proxyBeanMethods = false)
public class TollgateApplication {

    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    public static void main(String[] args) {
        // Netty follows every 128th buffer with a stack trace unless told otherwise. Our tests follow all of them.
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        SpringApplication.run(TollgateApplication.class, args);
    }
}
