package io.tollgate.gateway.admin;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CatalogChange.Kind;
import io.tollgate.billing.catalog.ChangingCatalogs;
import io.tollgate.billing.catalog.ChangingCatalogs.ChangeResult;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.CustomLine;
import io.tollgate.billing.catalog.Pack;
import io.tollgate.billing.catalog.PackLine;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanLine;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * What is for sale, changed by the operator. A change holds in place of the configured line of its id and can be repeated without
 * harm, so it needs no idempotency key.
 */
final class CatalogEndpoint {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,47}");
    private static final int LINE_MAX = 16_384;

    private final ChangingCatalogs catalogs;
    private final Audit audit;

    CatalogEndpoint(ChangingCatalogs catalogs, Audit audit) {
        this.catalogs = catalogs;
        this.audit = audit;
    }

    /** A line, and where it comes from: {@code configuration} or {@code operator}. */
    record Item(Object line, String source) {}

    Mono<ServerResponse> readAll(ServerRequest request) {
        Catalog catalog = catalogs.current();
        return ServerResponse.ok()
                .bodyValue(Map.of(
                        "packs", items(Kind.PACK, catalog),
                        "custom", items(Kind.CUSTOM, catalog),
                        "plans", items(Kind.PLAN, catalog)));
    }

    Mono<ServerResponse> list(ServerRequest request) {
        Kind kind = kind(request);
        return kind == null
                ? noSuchKind()
                : ServerResponse.ok().bodyValue(Map.of(word(kind), items(kind, catalogs.current())));
    }

    Mono<ServerResponse> read(ServerRequest request) {
        Kind kind = kind(request);
        Object line = kind == null ? null : line(kind, request.pathVariable("id"), catalogs.current());
        return kind == null
                ? noSuchKind()
                : line == null
                        ? unknown(kind)
                        : ServerResponse.ok().bodyValue(item(kind, request.pathVariable("id"), line));
    }

    Mono<ServerResponse> put(ServerRequest request) {
        Kind kind = kind(request);
        if (kind == null) {
            return noSuchKind();
        }
        String id = request.pathVariable("id");
        if (!ID.matcher(id).matches()) {
            return invalid("an id is 1 to 48 of a-z 0-9 _ -, not: " + id);
        }
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .flatMap(line -> line.isBlank() || line.length() > LINE_MAX
                        ? invalid("the body has to be a JSON object of at most " + LINE_MAX + " characters")
                        : catalogs.put(kind, id, line).flatMap(result -> answer(kind, id, line, result)));
    }

    Mono<ServerResponse> withdraw(ServerRequest request) {
        Kind kind = kind(request);
        if (kind == null) {
            return noSuchKind();
        }
        String id = request.pathVariable("id");
        return catalogs.withdraw(kind, id).flatMap(result -> answer(kind, id, null, result));
    }

    private Mono<ServerResponse> answer(Kind kind, String id, @Nullable String line, ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed _ ->
                audit.record(
                                line == null ? "withdraw_from_catalog" : "put_in_catalog",
                                "catalog:" + word(kind) + "/" + id,
                                line == null ? Map.of() : Map.of("line", line))
                        .then(line == null ? ServerResponse.noContent().build() : shown(kind, id));
            case ChangeResult.Refused(String reason) -> invalid(reason);
            case ChangeResult.Unknown _ -> unknown(kind);
        };
    }

    private Mono<ServerResponse> shown(Kind kind, String id) {
        return Mono.defer(() -> {
            Object line = line(kind, id, catalogs.current());
            // Somebody has withdrawn it in the same moment.
            return line == null ? unknown(kind) : ServerResponse.ok().bodyValue(item(kind, id, line));
        });
    }

    private List<Item> items(Kind kind, Catalog catalog) {
        return switch (kind) {
            case PACK ->
                catalog.packs().stream()
                        .map(pack -> item(kind, pack.id(), PackLine.of(pack)))
                        .toList();
            case CUSTOM ->
                catalog.custom().stream()
                        .map(custom -> item(kind, custom.currency(), CustomLine.of(custom)))
                        .toList();
            case PLAN ->
                catalog.plans().stream()
                        .map(plan -> item(kind, plan.id(), PlanLine.of(plan)))
                        .toList();
        };
    }

    private Item item(Kind kind, String id, Object line) {
        return new Item(line, catalogs.isChanged(kind, id) ? "operator" : "configuration");
    }

    private static @Nullable Object line(Kind kind, String id, Catalog catalog) {
        return switch (kind) {
            case PACK -> {
                for (Pack pack : catalog.packs()) {
                    if (pack.id().equals(id)) {
                        yield PackLine.of(pack);
                    }
                }
                yield null;
            }
            case CUSTOM -> {
                CustomAmount custom = catalog.customIn(id);
                yield custom == null ? null : CustomLine.of(custom);
            }
            case PLAN -> {
                Plan plan = catalog.plan(id);
                yield plan == null ? null : PlanLine.of(plan);
            }
        };
    }

    private static @Nullable Kind kind(ServerRequest request) {
        return switch (request.pathVariable("kind")) {
            case "packs" -> Kind.PACK;
            case "custom" -> Kind.CUSTOM;
            case "plans" -> Kind.PLAN;
            default -> null;
        };
    }

    private static String word(Kind kind) {
        return kind == Kind.CUSTOM ? "custom" : kind.name().toLowerCase(Locale.ROOT) + "s";
    }

    private static Mono<ServerResponse> noSuchKind() {
        return ProblemAnswer.of(
                HttpStatus.NOT_FOUND, "no_such_kind", "The catalog has packs, plans and custom (by currency).");
    }

    private static Mono<ServerResponse> unknown(Kind kind) {
        return ProblemAnswer.of(
                HttpStatus.NOT_FOUND, "not_in_catalog", "There is nothing of this id among the " + word(kind) + ".");
    }

    private static Mono<ServerResponse> invalid(String reason) {
        return ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_catalog_line", reason);
    }
}
