package io.tollgate.gateway.routing;

import io.tollgate.gateway.routing.RoutingProperties.ModelProperties;
import io.tollgate.gateway.routing.RoutingProperties.PriceProperties;
import io.tollgate.gateway.routing.RoutingProperties.RouteProperties;
import io.tollgate.gateway.routing.RoutingProperties.TimeoutProperties;
import io.tollgate.gateway.routing.RoutingProperties.UpstreamProperties;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RoutingProperties.class)
class RoutingConfiguration {

    @Bean
    Routes routes(RoutingProperties properties) {
        return new Routes(properties.routes().stream()
                .map(route -> route(route, properties.upstreams()))
                .toList());
    }

    private static Route route(RouteProperties route, Map<String, UpstreamProperties> upstreams) {
        UpstreamProperties upstream = upstreams.get(route.upstream());
        if (upstream == null) {
            throw new IllegalArgumentException("route " + route.name() + " names the upstream " + route.upstream()
                    + ", which tollgate.upstreams does not have");
        }
        return new Route(
                route.name(),
                route.path(),
                upstream(route, upstream),
                route.models().stream()
                        .map(RoutingConfiguration::model)
                        .collect(Collectors.toMap(Model::name, Function.identity())),
                route.overage(),
                Math.toIntExact(route.maxBody().toBytes()),
                Math.toIntExact(route.maxWholeAnswer().toBytes()),
                Math.toIntExact(route.maxEvent().toBytes()),
                route.defaultOutputTokens());
    }

    private static Upstream upstream(RouteProperties route, UpstreamProperties upstream) {
        String base = upstream.url().toString();
        String endpoint = base.replaceFirst("/+$", "") + route.dialect().pathUpstream();
        TimeoutProperties timeouts = upstream.timeouts();
        return new Upstream(
                route.upstream(),
                URI.create(endpoint),
                upstream.apiKey().isEmpty() ? "" : "Bearer " + upstream.apiKey(),
                new Upstream.Timeouts(timeouts.connect(), timeouts.firstByte(), timeouts.idle(), timeouts.total()),
                upstream.tellAccount() ? Upstream.Account.NAMED : Upstream.Account.UNNAMED,
                upstream.connectionsPerLoop());
    }

    private static Model model(ModelProperties model) {
        PriceProperties price = model.price();
        long input = micros(price.input());
        long output = micros(price.output());
        return new Model(
                model.name(),
                new TokenPrice(
                        input,
                        microsOr(price.cacheRead(), input),
                        microsOr(price.cacheWrite(), input),
                        output,
                        microsOr(price.reasoning(), output)),
                model.maxOutputTokens());
    }

    private static long microsOr(@Nullable String decimal, long otherwise) {
        return decimal == null ? otherwise : micros(decimal);
    }

    private static long micros(String decimal) {
        return Credits.parse(decimal).micros();
    }
}
