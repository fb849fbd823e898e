package io.tollgate.billing.notice.webhook;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tollgate.billing.notice.TakenDelivery;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a receiver gets: the same bytes at every try.
 *
 * @param id the same for every endpoint and try
 * @param type the notice's kind
 * @param created when it happened, as {@code 2026-11-20T12:00:00Z}
 */
@JsonPropertyOrder({"id", "type", "created", "account", "data"})
record WebhookBody(String id, String type, String created, String account, Map<String, String> data) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static byte[] of(TakenDelivery delivery) {
        return JSON.writeValueAsBytes(new WebhookBody(
                delivery.id(),
                delivery.kind().text(),
                delivery.postedAt().toString(),
                delivery.account().value(),
                new TreeMap<>(delivery.facts())));
    }
}
