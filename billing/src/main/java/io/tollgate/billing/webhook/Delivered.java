package io.tollgate.billing.webhook;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Stripe event as far as it is looked at: its id, what happened, and to which object. The object itself is fetched again
 * when the time comes, since a delivery may be old.
 *
 * @param objectId null where the object has none
 */
record Delivered(String id, String type, @Nullable String objectId) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,255}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.]{1,255}");

    private static final String THIN = "v1.";

    /** Null if the body is no event. */
    static @Nullable Delivered read(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            return null;
        }
        String id = text(root.path("id"), ID);
        String type = text(root.path("type"), TYPE);
        if (!root.isObject() || id == null || type == null) {
            return null;
        }
        String object = text(root.path("data").path("object").path("id"), ID);
        // A thin event names its object only, and says of which API it is.
        return object != null
                ? new Delivered(id, type, object)
                : new Delivered(
                        id,
                        withoutVersion(type),
                        text(root.path("related_object").path("id"), ID));
    }

    private static String withoutVersion(String type) {
        return type.startsWith(THIN) ? type.substring(THIN.length()) : type;
    }

    private static @Nullable String text(JsonNode node, Pattern allowed) {
        return node.isString() && allowed.matcher(node.stringValue()).matches() ? node.stringValue() : null;
    }
}
