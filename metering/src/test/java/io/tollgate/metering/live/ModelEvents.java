package io.tollgate.metering.live;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.ModelAccount.Effect;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.List;

final class ModelEvents {

    private ModelEvents() {}

    static UsageEvent event(
            long number,
            Kind kind,
            String id,
            ModelAccount account,
            long total,
            Effect effect,
            long command,
            long now,
            String detail) {
        return new UsageEvent(
                new EventPosition(1, number),
                kind,
                id,
                account.id,
                Credits.ofMicros(total),
                Credits.ofMicros(effect.charged()),
                Credits.ofMicros(effect.uncollected()),
                effect.shares(),
                List.of(),
                effect.debtChange(),
                account.posted(),
                command,
                now,
                detail.isEmpty() ? null : UsageDetail.decode(detail));
    }
}
