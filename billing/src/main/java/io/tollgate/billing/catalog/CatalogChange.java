package io.tollgate.billing.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The last that was said of one thing in the catalog since the configuration was written.
 *
 * @param id of a custom amount, its currency
 * @param line what holds instead of what is configured, as JSON; null if it is withdrawn
 * @param before the last line there was, this one included; null if there never was one
 */
public record CatalogChange(
        Kind kind,
        String id,
        @Nullable String line,
        @Nullable String before) {

    /** What can be changed. */
    public enum Kind {
        PACK,
        CUSTOM,
        PLAN
    }

    public static CatalogChange of(Kind kind, String id, String line) {
        return new CatalogChange(kind, id, line, line);
    }

    /**
     * The catalog with this change.
     *
     * @throws IllegalArgumentException if the line makes no sense, or not in this catalog
     */
    Catalog applyTo(Catalog catalog) {
        List<Pack> packs = catalog.packs();
        List<CustomAmount> custom = catalog.custom();
        List<Plan> plans = catalog.plans();
        switch (kind) {
            case PACK -> packs = changed(packs, Pack::id, line == null ? null : pack(line));
            case CUSTOM -> custom = changed(custom, CustomAmount::currency, line == null ? null : custom(line));
            case PLAN -> plans = changed(plans, Plan::id, line == null ? null : plan(line));
        }
        return new Catalog(packs, custom, plans);
    }

    /** The plan as it last was for sale; null if it was not, or is no plan. */
    @Nullable
    Plan planBefore() {
        return kind == Kind.PLAN && before != null ? plan(before) : null;
    }

    private <T> List<T> changed(List<T> all, Function<T, String> idOf, @Nullable T item) {
        if (item != null && !idOf.apply(item).equals(id)) {
            throw new IllegalArgumentException("the line is of " + idOf.apply(item) + ", not of " + id);
        }
        List<T> changed = new ArrayList<>();
        boolean there = false;
        for (T old : all) {
            boolean same = idOf.apply(old).equals(id);
            there |= same;
            if (!same) {
                changed.add(old);
            } else if (item != null) {
                changed.add(item);
            }
        }
        if (!there && item != null) {
            changed.add(item);
        }
        return changed;
    }

    private static Pack pack(String json) {
        return LineJson.read(json, PackLine.class).pack();
    }

    private static CustomAmount custom(String json) {
        return LineJson.read(json, CustomLine.class).custom();
    }

    private static Plan plan(String json) {
        return LineJson.read(json, PlanLine.class).plan();
    }
}
