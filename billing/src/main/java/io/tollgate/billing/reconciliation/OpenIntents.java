package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.LeftIntents.LeftIntent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Orders, customers, refunds and the like that were begun and never ended. */
public final class OpenIntents implements Comparison {

    private final LeftIntents left;
    private final Duration age;

    /** Younger ones than {@code age} may still end by themselves. */
    public OpenIntents(LeftIntents left, Duration age) {
        this.left = left;
        this.age = age;
    }

    @Override
    public String name() {
        return "intents";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return left.page(period, age, place)
                .map(page -> Page.of(
                        page, page.objects().stream().map(OpenIntents::finding).toList()));
    }

    private static Finding finding(LeftIntent intent) {
        Finding finding = Finding.of(
                        Kind.LEFT_WITHOUT_OUTCOME,
                        intent.kind() + ":" + intent.id(),
                        intent.kind() + " is still " + intent.state())
                .ofAccount(intent.account());
        Finding.Remedy remedy = intent.remedy();
        return remedy == null ? finding : finding.remediedBy(remedy.eventType(), remedy.object());
    }
}
