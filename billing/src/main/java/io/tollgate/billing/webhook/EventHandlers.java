package io.tollgate.billing.webhook;

import io.tollgate.billing.webhook.StoredEvents.Closing;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is asked about which event. */
final class EventHandlers {

    private final Map<String, List<EventHandler>> byType;

    EventHandlers(Collection<EventHandler> handlers) {
        Map<String, List<EventHandler>> map = new HashMap<>();
        handlers.forEach(
                handler -> handler.types().forEach(type -> map.merge(type, List.of(handler), EventHandlers::both)));
        byType = Map.copyOf(map);
    }

    /** The types that somebody wants. */
    Set<String> types() {
        return byType.keySet();
    }

    /** Asks all who want it, even if one of them fails: the event is done with once they all are. */
    Mono<Handling> handle(TakenEvent event) {
        return Flux.fromIterable(byType.getOrDefault(event.type(), List.of()))
                .concatMap(handler -> ask(handler, event))
                .reduce(Handling.ignored(), EventHandlers::together);
    }

    // A failure is a word like the others from here on: of several only one could be signalled, and Reactor logs the
    // rest in full.
    private static Mono<Handling> ask(EventHandler handler, TakenEvent event) {
        return Mono.defer(() -> handler.handle(event))
                .onErrorResume(failure -> Mono.just(new Handling.Later(String.valueOf(failure))));
    }

    private static Handling together(Handling one, Handling other) {
        if (one instanceof Handling.Later) {
            return one;
        }
        return other instanceof Handling.Closed(Closing closing) && closing == Closing.IGNORED ? one : other;
    }

    private static List<EventHandler> both(List<EventHandler> some, List<EventHandler> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
