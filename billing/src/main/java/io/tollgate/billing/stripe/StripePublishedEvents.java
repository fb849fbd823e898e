package io.tollgate.billing.stripe;

import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import com.stripe.param.EventListParams.Created;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.PublishedEvents;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StripePublishedEvents implements PublishedEvents {

    /** Stripe takes no more names at once: those beyond are asked for after those before. */
    private static final int TYPES_MAX = 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PacedStripe stripe;

    StripePublishedEvents(PacedStripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Listed<PublishedEvent>> page(Which which, Set<String> types, Period period, @Nullable String place) {
        List<List<String>> portions = portions(types);
        int portion = portion(portions, place);
        if (portions.isEmpty()) {
            return Mono.just(new Listed<>(List.of(), null));
        }
        List<String> asked = portions.get(portion);
        return stripe.list(
                        cursor -> {
                            EventListParams request = request(which, asked, period, cursor);
                            return client -> client.v1().events().list(request);
                        },
                        cursor(asked, place),
                        StripePublishedEvents::read)
                .map(page -> new Listed<>(page.objects(), next(portions, portion, page.next())));
    }

    private static List<List<String>> portions(Set<String> types) {
        List<String> sorted = types.stream().sorted().toList();
        return IntStream.iterate(0, from -> from < sorted.size(), from -> from + TYPES_MAX)
                .mapToObj(from -> sorted.subList(from, Math.min(from + TYPES_MAX, sorted.size())))
                .toList();
    }

    // A place is of the portion that begins with its type; where types have changed meanwhile, all begins anew.
    private static int portion(List<List<String>> portions, @Nullable String place) {
        return IntStream.range(0, portions.size())
                .filter(index -> place != null && place.startsWith(start(portions.get(index))))
                .findFirst()
                .orElse(0);
    }

    private static @Nullable String cursor(List<String> portion, @Nullable String place) {
        String start = start(portion);
        return place == null || !place.startsWith(start) || place.length() == start.length()
                ? null
                : place.substring(start.length());
    }

    private static @Nullable String next(List<List<String>> portions, int portion, @Nullable String cursor) {
        if (cursor != null) {
            return start(portions.get(portion)) + cursor;
        }
        return portion + 1 < portions.size() ? start(portions.get(portion + 1)) : null;
    }

    private static String start(List<String> portion) {
        return portion.getFirst() + ">";
    }

    @Override
    public Mono<PublishedEvent> find(String id) {
        return stripe.find(client -> client.v1().events().retrieve(id)).map(StripePublishedEvents::read);
    }

    private static EventListParams request(Which which, List<String> types, Period period, @Nullable String after) {
        EventListParams.Builder request = EventListParams.builder()
                .setLimit(PacedStripe.PAGE)
                .setCreated(Created.builder()
                        .setGte(period.from().getEpochSecond())
                        .setLt(period.until().getEpochSecond())
                        .build());
        request.addAllType(types);
        if (which == Which.UNDELIVERED) {
            request.setDeliverySuccess(false);
        }
        if (after != null) {
            request.setStartingAfter(after);
        }
        return request.build();
    }

    private static PublishedEvent read(Event event) {
        return new PublishedEvent(event.getId(), event.getType(), objectId(event), event.toJson());
    }

    // Whatever API version the event is of: only the id matters.
    private static @Nullable String objectId(Event event) {
        JsonNode id =
                JSON.readTree(event.getDataObjectDeserializer().getRawJson()).path("id");
        return id.isString() ? id.stringValue() : null;
    }
}
