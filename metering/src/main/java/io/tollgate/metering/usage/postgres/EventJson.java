package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An event as the quarantine keeps it: to be looked at, and to be booked after all. */
final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private EventJson() {}

    static String write(UsageEvent event) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("position", event.position().toString())
                .put("kind", event.kind().name())
                .put("id", event.id())
                .put("account", event.account().value())
                .put("heldMicros", event.held().micros())
                .put("chargedMicros", event.charged().micros())
                .put("uncollectedMicros", event.uncollected().micros())
                .put("debtChangeMicros", event.debtChangeMicros())
                .put("postedAfterMicros", event.postedAfterMicros())
                .put("command", event.command())
                .put("atMillis", event.atMillis());
        put(json, "lots", event.lots());
        put(json, "expired", event.expired());
        UsageDetail detail = event.detail();
        if (detail != null) {
            json.put("detail", detail.encode());
        }
        return json.toString();
    }

    static UsageEvent read(String text) {
        JsonNode json = MAPPER.readTree(text);
        return new UsageEvent(
                EventPosition.parse(json.required("position").stringValue()),
                UsageEvent.Kind.valueOf(json.required("kind").stringValue()),
                json.required("id").stringValue(),
                new AccountId(json.required("account").stringValue()),
                credits(json, "heldMicros"),
                credits(json, "chargedMicros"),
                credits(json, "uncollectedMicros"),
                shares(json.required("lots")),
                shares(json.required("expired")),
                json.required("debtChangeMicros").longValue(),
                json.required("postedAfterMicros").longValue(),
                json.required("command").longValue(),
                json.required("atMillis").longValue(),
                json.has("detail") ? UsageDetail.decode(json.required("detail").stringValue()) : null);
    }

    private static void put(ObjectNode json, String name, List<LotShare> shares) {
        var array = json.putArray(name);
        for (LotShare share : shares) {
            array.addObject()
                    .put("grant", share.grant())
                    .put("micros", share.amount().micros());
        }
    }

    private static List<LotShare> shares(JsonNode array) {
        return array.valueStream()
                .map(share -> new LotShare(share.required("grant").longValue(), credits(share, "micros")))
                .toList();
    }

    private static Credits credits(JsonNode json, String name) {
        return Credits.ofMicros(json.required(name).longValue());
    }
}
