package io.tollgate.gateway.models;

import io.tollgate.gateway.routing.Model;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A model as OpenAI's SDKs know it, and beside that what it costs and how much it writes.
 *
 * @param created always 0: when a provider made a model is not known here, and the SDKs want a number
 * @param ownedBy the provider as the operator calls it
 * @param pricing credits per million tokens
 * @param maxOutputTokens for one choice, whatever cap a call gives
 */
@JsonNaming(SnakeCaseStrategy.class)
record ModelBody(String id, String object, long created, String ownedBy, PricingBody pricing, long maxOutputTokens) {

    static ModelBody of(String id, Model model, String provider) {
        return new ModelBody(id, "model", 0, provider, PricingBody.of(model.price()), model.outputMax());
    }

    /** Credits per million tokens of each class, as exact decimals. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PricingBody(
            String unit, String input, String cacheRead, String cacheWrite, String output, String reasoning) {

        private static final String UNIT = "credits_per_million_tokens";

        static PricingBody of(TokenPrice price) {
            return new PricingBody(
                    UNIT,
                    Credits.decimal(price.input()),
                    Credits.decimal(price.cacheRead()),
                    Credits.decimal(price.cacheWrite()),
                    Credits.decimal(price.output()),
                    Credits.decimal(price.reasoning()));
        }
    }

    /** All of them, on one page as OpenAI has it. */
    record ListBody(String object, List<ModelBody> data) {
        static ListBody of(List<ModelBody> models) {
            return new ListBody("list", models);
        }
    }
}
