package io.tollgate.gateway.routing;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Routes as an operator writes them, with every default in place. */
public final class RoutesFromText {

    private RoutesFromText() {}

    /** One route at {@code /chat}, to the model {@code gpt}; {@code more} are members of the route. */
    public static Route chat(Map<String, String> more) {
        Map<String, String> text = new HashMap<>(Map.of(
                "tollgate.upstreams.ai.url", "http://127.0.0.1:9",
                "tollgate.routes[0].name", "chat",
                "tollgate.routes[0].path", "/chat",
                "tollgate.routes[0].upstream", "ai",
                "tollgate.routes[0].models[0].name", "gpt",
                "tollgate.routes[0].models[0].price.input", "1",
                "tollgate.routes[0].models[0].price.output", "1"));
        more.forEach((key, value) -> text.put("tollgate.routes[0]." + key, value));
        RoutingProperties properties =
                new Binder(new MapConfigurationPropertySource(text)).bindOrCreate("tollgate", RoutingProperties.class);
        return new RoutingConfiguration().routes(properties).all().iterator().next();
    }
}
