package io.tollgate.billing.catalog;

import io.tollgate.billing.catalog.CatalogChange.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The configured catalog with what operators have changed since. Kept in memory and read again every moment, so that it costs a
 * request nothing and is there while the book is not.
 */
public final class ChangingCatalogs implements Catalogs {

    private static final Logger LOG = LoggerFactory.getLogger(ChangingCatalogs.class);

    private final Catalog written;
    private final CatalogChanges changes;
    private final int changesMax;

    private volatile Shown shown;

    /** What is shown, and of which changes it was made. */
    private record Shown(Catalog catalog, List<CatalogChange> changes) {}

    /** What became of a change. */
    public sealed interface ChangeResult {
        record Changed() implements ChangeResult {}

        /** It makes no sense, and why. */
        record Refused(String reason) implements ChangeResult {}

        /** There is nothing of this id to withdraw. */
        record Unknown() implements ChangeResult {}
    }

    public ChangingCatalogs(Catalog written, CatalogChanges changes, int changesMax) {
        this.written = written;
        this.changes = changes;
        this.changesMax = changesMax;
        this.shown = new Shown(written, List.of());
    }

    @Override
    public Catalog current() {
        return shown.catalog();
    }

    @Override
    public @Nullable Plan knownPlan(String id) {
        Plan plan = current().plan(id);
        return plan == null ? withdrawn(id) : plan;
    }

    private @Nullable Plan withdrawn(String id) {
        for (CatalogChange change : shown.changes()) {
            if (change.kind() == Kind.PLAN && change.id().equals(id) && change.planBefore() != null) {
                return change.planBefore();
            }
        }
        return written.plan(id);
    }

    @Override
    public @Nullable PlanOffer knownOffer(String stripePriceId) {
        PlanOffer offer = current().offerOf(stripePriceId);
        if (offer != null) {
            return offer;
        }
        for (CatalogChange change : shown.changes()) {
            Plan plan = change.planBefore();
            PlanPrice price = plan == null ? null : plan.priceOf(stripePriceId);
            if (plan != null && price != null) {
                return new PlanOffer(plan, price);
            }
        }
        return written.offerOf(stripePriceId);
    }

    /** Whether the thing was configured or said by an operator, for sale or not. */
    public boolean knows(Kind kind, String id) {
        return has(written, kind, id) || has(current(), kind, id);
    }

    /** Whether it is as an operator said, not as it is configured. */
    public boolean isChanged(Kind kind, String id) {
        return shown.changes().stream()
                .anyMatch(change -> change.kind() == kind && change.id().equals(id));
    }

    /** Reads what was said; what is shown stays as it is where that cannot be read. */
    public Mono<Void> refresh() {
        return changes.latest(changesMax).collectList().doOnNext(this::show).then();
    }

    /** Has the line hold from now on; here at once, on other gateways with their next {@link #refresh}. */
    public Mono<ChangeResult> put(Kind kind, String id, String line) {
        return Mono.defer(() -> {
            try {
                CatalogChange.of(kind, id, line).applyTo(current());
            } catch (IllegalArgumentException e) {
                return Mono.just(new ChangeResult.Refused(String.valueOf(e.getMessage())));
            }
            return say(kind, id, line);
        });
    }

    /** Takes it out of what is for sale; who has the plan keeps it. */
    public Mono<ChangeResult> withdraw(Kind kind, String id) {
        return Mono.defer(() ->
                knows(kind, id) || isChanged(kind, id) ? say(kind, id, null) : Mono.just(new ChangeResult.Unknown()));
    }

    private Mono<ChangeResult> say(Kind kind, String id, @Nullable String line) {
        return changes.say(kind, id, line).then(refresh()).thenReturn(new ChangeResult.Changed());
    }

    private void show(List<CatalogChange> latest) {
        if (latest.equals(shown.changes())) {
            return;
        }
        Catalog catalog = written;
        for (CatalogChange change : latest) {
            catalog = applied(catalog, change);
        }
        shown = new Shown(catalog, List.copyOf(latest));
    }

    // A line that made sense beside another configuration; the rest of the catalog is for sale all the same.
    private static Catalog applied(Catalog catalog, CatalogChange change) {
        try {
            return change.applyTo(catalog);
        } catch (IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("kind", change.kind())
                    .addKeyValue("id", change.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("catalog_change_ignored");
            return catalog;
        }
    }

    private static boolean has(Catalog catalog, Kind kind, String id) {
        return switch (kind) {
            case PACK -> catalog.packs().stream().anyMatch(pack -> pack.id().equals(id));
            case CUSTOM -> catalog.customIn(id) != null;
            case PLAN -> catalog.plan(id) != null;
        };
    }
}
