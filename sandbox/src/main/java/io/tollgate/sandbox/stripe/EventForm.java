package io.tollgate.sandbox.stripe;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What a delivery says about an event. */
public enum EventForm {
    /** The object as it was. */
    SNAPSHOT,
    /** Only which object it was; the receiver asks for the rest. */
    THIN;

    String write(ObjectNode event) {
        return switch (this) {
            case SNAPSHOT -> event.toString();
            case THIN -> thin(event).toString();
        };
    }

    private static ObjectNode thin(ObjectNode event) {
        ObjectNode object = (ObjectNode) event.at("/data/object");
        String kind = Store.kindOf(object);
        String id = object.path("id").stringValue();
        ObjectNode thin = event.objectNode()
                .put("id", event.path("id").stringValue())
                .put("object", "v2.core.event")
                .put("type", "v1." + event.path("type").stringValue())
                .put("livemode", false)
                .put(
                        "created",
                        Instant.ofEpochSecond(event.path("created").longValue()).toString())
                .put("snapshot_event", event.path("id").stringValue());
        thin.putObject("related_object").put("id", id).put("type", kind).put("url", url(kind, id));
        return thin;
    }

    private static String url(String kind, String id) {
        String path = kind.replace('.', '/');
        return "/v1/" + path + (path.endsWith("s") ? "/" : "s/") + id;
    }
}
