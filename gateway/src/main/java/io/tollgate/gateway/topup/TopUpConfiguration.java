package io.tollgate.gateway.topup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopUpSettings.class)
class TopUpConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TopUpConfiguration.class);
    private static final int RANDOM_SECRET_BYTES = 32;

    @Bean
    TopUpLinks topUpLinks(
            TopUpSettings settings,
            @Value("${tollgate.public-url:http://localhost:8080}") URI publicUrl,
            ObjectProvider<Clock> clock) {
        SignedTokens tokens = new SignedTokens(secret(settings));
        return new TopUpLinks(tokens, publicUrl, settings, clock.getIfAvailable(Clock::systemUTC));
    }

    private static byte[] secret(TopUpSettings settings) {
        if (settings.secret() != null) {
            return settings.secret().getBytes(UTF_8);
        }
        LOG.warn(
                "tollgate.top-up.secret is not set: top-up links end with this process and no other gateway knows them");
        byte[] random = new byte[RANDOM_SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
