package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bound on output tokens that a request gives, and where in its bytes it does so.
 *
 * <p>Providers have had three names for it, and which of several they believe differs: OpenAI refuses two at once, others prefer the newest name, or know
 * only one. So the dearest reading holds: the greatest of those given. To lower the cap, each that is greater is lowered.
 */
final class OutputCaps {

    /** {@code null} stands for a name that is there and says nothing. */
    private record Place(@Nullable Long cap, int at, int length) {}

    private final List<Place> places = new ArrayList<>(1);
    private int bodyStart;

    void bodyOpensAt(int brace) {
        bodyStart = brace + 1;
    }

    void add(@Nullable Long cap, int at, int length) {
        places.add(new Place(cap, at, length));
    }

    /** The greatest; null if none is given. */
    @Nullable
    Long dearest() {
        Long dearest = null;
        for (Place place : places) {
            if (place.cap != null && (dearest == null || place.cap > dearest)) {
                dearest = place.cap;
            }
        }
        return dearest;
    }

    /** What has to change for no reading to allow more than {@code bound}. */
    List<Splice> loweredTo(long bound) {
        byte[] number = Long.toString(bound).getBytes(US_ASCII);
        if (places.isEmpty()) {
            byte[] member = ("\"max_completion_tokens\":" + bound + ",").getBytes(US_ASCII);
            return List.of(new Splice(bodyStart, 0, member));
        }
        boolean given = dearest() != null;
        return places.stream()
                .filter(place -> place.cap == null ? !given : place.cap > bound)
                .map(place -> new Splice(place.at, place.length, number))
                .toList();
    }
}
