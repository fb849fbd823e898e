package io.tollgate.sandbox.ai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code GET /v1/models} says, written once. */
final class Models {
    private static final String PREFIX = "/v1/models/";
    private static final long CREATED = 1_750_000_000;

    private final List<String> names;
    private final JsonResponse list;

    Models(List<String> names) {
        this.names = names;
        ObjectNode root = JsonMapper.shared().createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        names.forEach(name -> data.add(model(name)));
        this.list = new JsonResponse(200, root.toString());
    }

    @Nullable
    JsonResponse at(String path) {
        if (!path.startsWith(PREFIX)) {
            return list;
        }
        String name = path.substring(PREFIX.length());
        return names.contains(name) ? new JsonResponse(200, model(name).toString()) : null;
    }

    private static ObjectNode model(String name) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "tollgate-sandbox");
    }
}
