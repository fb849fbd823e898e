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
 * @param defaultOutputTokens held per choice where the client gave no cap, and added each time a stream has nearly used up what is held
 * @param lowerCap whose cap is lowered to what the account can afford
 */
public record Route(
        String name,
        String path,
        Candidates upstreams,
        Map<String, Model> models,
        Overage overage,
        int bodyMax,
        int answerMax,
        int eventMax,
        int defaultOutputTokens,
        LowerCap lowerCap,
        WhenRedisIsDown whenRedisIsDown,
        WhenClientLeaves whenClientLeaves) {

    public static final String ANY_MODEL = "*";

    /** For whom the output cap is lowered, rather than the call refused, where the credit is enough for a shorter answer. */
    public enum LowerCap {
        /** Who gave no cap. */
        WHERE_ABSENT,
        /** Also who gave one, and gets less than asked for. */
        ALSO_THE_CLIENTS
    }

    /** What becomes of a call whose credit cannot be held since the live store does not answer. */
    public enum WhenRedisIsDown {
        /** It is told to come back. */
        REFUSE,
        /** It goes through on trust, up to a bound, and is charged when the store is back. */
        ALLOW
    }

    /** What becomes of an answer whose client does not wait for its end. */
    public enum WhenClientLeaves {
        /** The upstream's connection is closed; charged is what was counted until then. */
        CANCEL,
        /** It is read to its end within a bound, and charged as the upstream reports. */
        DRAIN
    }

    public Route {
        if (defaultOutputTokens < 1) {
            throw new IllegalArgumentException("default-output-tokens must be above zero: " + defaultOutputTokens);
        }
        models = Map.copyOf(models);
    }

    /** The first of {@link #upstreams()}. */
    public Upstream upstream() {
        return upstreams.first().getFirst().upstream();
    }

    /** Null if the route does not lead to it. */
    public @Nullable Model model(String wanted) {
        Model model = models.get(wanted);
        return model != null ? model : models.get(ANY_MODEL);
    }
}
