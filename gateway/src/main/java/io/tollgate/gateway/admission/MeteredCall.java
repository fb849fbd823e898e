package io.tollgate.gateway.admission;

import io.tollgate.gateway.authentication.ApiKey;
import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.routing.Model;
import io.tollgate.gateway.routing.Route;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;
import io.tollgate.metering.pricing.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * A call that has been understood: who wants what of whom.
 *
 * @param waived the price that its caller is exempt from, the model's being free then; null for a call that is charged
 */
public record MeteredCall(
        ApiKey key,
        Route route,
        Model model,
        ChatRequest request,
        @Nullable TokenPrice waived) {

    private static final TokenPrice FREE = TokenPrice.of(0, 0);

    public MeteredCall(ApiKey key, Route route, Model model, ChatRequest request) {
        this(key, route, model, request, null);
    }

    MeteredCall with(ChatRequest other) {
        return new MeteredCall(key, route, model, other, waived);
    }

    /** The same call at no price: it holds nothing and is charged nothing, but metered with what it would have cost. */
    MeteredCall exempt() {
        Model free = new Model(model.name(), FREE, model.inputMax(), model.outputMax());
        return new MeteredCall(key, route, free, request, model.price());
    }

    /** What the usage would have cost beyond what it does. */
    Credits waivedCost(TokenUsage usage) {
        try {
            return waived == null ? Credits.ZERO : waived.cost(usage);
        } catch (ArithmeticException | IllegalArgumentException _) {
            return Credits.MAX;
        }
    }
}
