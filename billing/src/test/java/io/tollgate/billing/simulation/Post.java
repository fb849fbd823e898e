package io.tollgate.billing.simulation;

import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Dispatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries Stripe's events: one in ten is lost for good, three in ten come twice, three in ten come late and out of order. */
final class Post {

    private static final int LOST = 10;
    private static final int DOUBLED = 30;
    private static final int LATE = 30;

    private final Run run;
    private final List<String> bag = new ArrayList<>();
    private @Nullable String newest;

    Post(Run run) {
        this.run = run;
        run.world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    /** Fetches what is new and delivers some of what is there. */
    void deliverSome() {
        fetch();
        List<String> now = new ArrayList<>();
        bag.removeIf(event -> !run.chance(LATE) && now.add(event));
        now.forEach(this::deliver);
    }

    void deliverRest() {
        fetch();
        bag.forEach(this::deliver);
        bag.clear();
    }

    private void fetch() {
        for (String event : run.world.stripe().eventIdsAfter(newest)) {
            newest = event;
            run.coverage.count(Coverage.EVENTS);
            if (run.chance(LOST)) {
                run.coverage.count("events lost");
                continue;
            }
            bag.add(run.random.nextInt(bag.size() + 1), event);
            if (run.chance(DOUBLED)) {
                run.coverage.count("events doubled");
                bag.add(run.random.nextInt(bag.size() + 1), event);
            }
        }
    }

    private void deliver(String event) {
        run.world.stripe().deliverEvent(event, 1, Dispatch.ONE_BY_ONE).forEach(delivery -> {
            if (!delivery.accepted()) {
                throw new AssertionError("not taken: " + delivery);
            }
        });
    }
}
