package io.tollgate.sandbox.ai;

import java.util.List;

/**
 * How a simulator is started.
 *
 * @param port on the loopback interface; 0 picks a free one
 * @param apiKey what {@code Authorization: Bearer} or {@code x-api-key} must carry
 * @param models what may be asked for besides {@code fault:<name>}; the name {@code gpt-sim-slow} starts out slow
 * @param eventLoops threads that serve
 * @param maxBodyBytes larger requests get 413
 * @param deliveriesKept the newest of them; older ones only count in totals
 */
public record AiSettings(
        int port, String apiKey, List<String> models, int eventLoops, int maxBodyBytes, int deliveriesKept) {
    static final String SLOW = "gpt-sim-slow";

    public AiSettings {
        models = List.copyOf(models);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port out of range, 0 for a free one: " + port);
        }
        if (apiKey.isBlank() || models.isEmpty() || eventLoops < 1 || maxBodyBytes < 1 || deliveriesKept < 1) {
            throw new IllegalArgumentException("a key, a model, an event loop, a body and a delivery are the least");
        }
    }

    public static AiSettings defaults() {
        return new AiSettings(
                0, "sk-sim-upstream", List.of("gpt-sim", SLOW, "claude-sim"), 1, 32 * 1024 * 1024, 1_000_000);
    }

    public AiSettings withPort(int other) {
        return new AiSettings(other, apiKey, models, eventLoops, maxBodyBytes, deliveriesKept);
    }

    public AiSettings withApiKey(String other) {
        return new AiSettings(port, other, models, eventLoops, maxBodyBytes, deliveriesKept);
    }

    public AiSettings withModels(List<String> other) {
        return new AiSettings(port, apiKey, other, eventLoops, maxBodyBytes, deliveriesKept);
    }

    public AiSettings withEventLoops(int other) {
        return new AiSettings(port, apiKey, models, other, maxBodyBytes, deliveriesKept);
    }

    public AiSettings withMaxBodyBytes(int other) {
        return new AiSettings(port, apiKey, models, eventLoops, other, deliveriesKept);
    }

    public AiSettings withDeliveriesKept(int other) {
        return new AiSettings(port, apiKey, models, eventLoops, maxBodyBytes, other);
    }

    @Override
    public String toString() {
        return "AiSettings[port=" + port + ", models=" + models + "]";
    }
}
