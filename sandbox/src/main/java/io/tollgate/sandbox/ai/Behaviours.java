package io.tollgate.sandbox.ai;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Which model answers how, changeable while it answers. */
final class Behaviours {
    private static final String FAULT_PREFIX = "fault:";

    private final List<String> models;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    Behaviours(List<String> models) {
        this.models = models;
        reset();
    }

    List<String> models() {
        return models;
    }

    void reset() {
        models.forEach(model -> put(model, model.equals(AiSettings.SLOW) ? Behaviour.slow() : Behaviour.fast()));
    }

    void put(String model, Behaviour behaviour) {
        if (!models.contains(model)) {
            throw new IllegalArgumentException("no such model: " + model);
        }
        entries.put(model, new Entry(behaviour));
    }

    void putAll(Behaviour behaviour) {
        models.forEach(model -> put(model, behaviour));
    }

    /** What the next answer of a model is like, which uses up one of its counted faults; null: there is no such model. */
    @Nullable
    Behaviour next(String model) {
        Entry entry = entries.get(model);
        if (entry != null) {
            return entry.next();
        }
        return model.startsWith(FAULT_PREFIX) ? faulty(model.substring(FAULT_PREFIX.length())) : null;
    }

    private static @Nullable Behaviour faulty(String fault) {
        try {
            return Behaviour.fast().withFault(Fault.named(fault));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private record Entry(Behaviour behaviour, Behaviour well, AtomicInteger left) {
        Entry(Behaviour behaviour) {
            this(behaviour, behaviour.withFault(Fault.NONE), new AtomicInteger(behaviour.times()));
        }

        Behaviour next() {
            if (behaviour.times() == Behaviour.ALWAYS) {
                return behaviour;
            }
            return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0 ? behaviour : well;
        }
    }
}
