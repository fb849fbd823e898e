package io.tollgate.gateway.routing;

import io.tollgate.metering.reservation.Ending.Overage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path that is metered.
 *
 * @param models by name; {@value #ANY_MODEL} stands for every other
 * @param overage what becomes of an actual beyond hold and credit
 * @param bodyMax bytes a request may have
 * @param answerMax bytes up to which an answer is relayed whole, with its cost in a header
 * @param eventMax bytes an event of a stream may have
 * @param defaultOutputTokens held per choice where the client gave no cap
 */
public record Route(
        String name,
        String path,
        Upstream upstream,
        Map<String, Model> models,
        Overage overage,
        int bodyMax,
        int answerMax,
        int eventMax,
        int defaultOutputTokens) {

    public static final String ANY_MODEL = "*";

    public Route {
        models = Map.copyOf(models);
    }

    /** Null if the route does not lead to it. */
    public @Nullable Model model(String wanted) {
        Model model = models.get(wanted);
        return model != null ? model : models.get(ANY_MODEL);
    }
}
