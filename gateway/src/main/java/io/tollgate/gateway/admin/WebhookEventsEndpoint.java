package io.tollgate.gateway.admin;

import io.tollgate.billing.webhook.StoredEvents;
import io.tollgate.billing.webhook.StoredEvents.BuriedEvent;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Webhook events that were given up: the operator looks at them, mends the cause and has them tried again. */
final class WebhookEventsEndpoint {

    private final StoredEvents events;
    private final Audit audit;
    private final int pageMax;

    WebhookEventsEndpoint(StoredEvents events, Audit audit, int pageMax) {
        this.events = events;
        this.audit = audit;
        this.pageMax = pageMax;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record EventBody(String id, String type, @Nullable String object, int attempts, String reason, String receivedAt) {

        static EventBody of(BuriedEvent event) {
            return new EventBody(
                    event.id(),
                    event.type(),
                    event.objectId(),
                    event.attempts(),
                    event.reason(),
                    event.receivedAt().toString());
        }
    }

    Mono<ServerResponse> buried(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> events.buried(Inputs.limit(request, pageMax))
                .map(EventBody::of)
                .collectList()
                .flatMap(WebhookEventsEndpoint::page)));
    }

    Mono<ServerResponse> requeue(ServerRequest request) {
        String id = request.pathVariable("event");
        return events.requeue(id)
                .flatMap(done -> done
                        ? audit.record("requeue_webhook_event", "webhook_event:" + id, Map.of())
                                .then(ServerResponse.accepted().build())
                        : ProblemAnswer.of(
                                HttpStatus.NOT_FOUND,
                                "no_such_event",
                                "No event of this id was given up: it is unknown, done with, or waits to be tried."));
    }

    private static Mono<ServerResponse> page(List<EventBody> page) {
        return ServerResponse.ok().bodyValue(Map.of("events", page));
    }
}
