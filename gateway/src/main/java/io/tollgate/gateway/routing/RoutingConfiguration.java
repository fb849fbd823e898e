package io.tollgate.gateway.routing;

import io.tollgate.gateway.routing.RoutingProperties.ModelProperties;
import io.tollgate.gateway.routing.RoutingProperties.PriceProperties;
import io.tollgate.gateway.routing.RoutingProperties.RouteProperties;
import io.tollgate.metering.pricing.TokenPrice;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RoutingProperties.class)
class RoutingConfiguration {

    @Bean
    Routes routes(RoutingProperties properties) {
        CandidatesReader upstreams = new CandidatesReader(properties.upstreams());
        return new Routes(properties.routes().stream()
                .map(route -> route(route, upstreams))
                .toList());
    }

    private static Route route(RouteProperties route, CandidatesReader upstreams) {
        return new Route(
                route.name(),
                route.path(),
                upstreams.of(route),
                route.models().stream()
                        .map(RoutingConfiguration::model)
                        .collect(Collectors.toMap(Model::name, Function.identity())),
                route.overage(),
                Math.toIntExact(route.maxBody().toBytes()),
                Math.toIntExact(route.maxWholeAnswer().toBytes()),
                Math.toIntExact(route.maxEvent().toBytes()),
                route.defaultOutputTokens(),
                route.lowerCap(),
                route.whenRedisIsDown(),
                route.whenClientLeaves());
    }

    private static Model model(ModelProperties model) {
        return new Model(model.name(), price(model), model.maxInputTokens(), model.maxOutputTokens());
    }

    private static TokenPrice price(ModelProperties model) {
        PriceProperties price = model.price();
        long input = PriceText.perMillion(model.name(), "input", price.input());
        long output = PriceText.perMillion(model.name(), "output", price.output());
        return new TokenPrice(
                input,
                PriceText.perMillionOr(input, model.name(), "cache-read", price.cacheRead()),
                PriceText.perMillionOr(input, model.name(), "cache-write", price.cacheWrite()),
                output,
                PriceText.perMillionOr(output, model.name(), "reasoning", price.reasoning()));
    }
}
