package io.tollgate.gateway.models;

import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.routing.Routes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class ModelsConfiguration {

    @Bean
    RouterFunction<ServerResponse> modelRoutes(Routes routes, Authentication authentication) {
        if (routes.all().isEmpty()) {
            return _ -> Mono.empty();
        }
        RouterFunctions.Builder paths = RouterFunctions.route();
        for (OfferedModels offered : OfferedModels.of(routes)) {
            ModelsEndpoint endpoint = new ModelsEndpoint(offered, authentication);
            paths.GET(offered.base() + "/models", endpoint::list)
                    .GET(offered.base() + "/models/{*name}", endpoint::one);
        }
        return paths.build();
    }
}
