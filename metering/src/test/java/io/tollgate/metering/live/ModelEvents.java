package io.tollgate.metering.live;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;

final class ModelEvents {

    private ModelEvents() {}

    static UsageEvent event(
            EventPosition position,
            Kind kind,
            String id,
            ModelAccount account,
            long total,
            ModelEffect effect,
            long command,
            long now,
            String detail) {
        return new UsageEvent(
                position,
                kind,
                id,
                account.id,
                Credits.ofMicros(total),
                Credits.ofMicros(effect.charged()),
                Credits.ofMicros(effect.uncollected()),
                effect.shares(),
                effect.broken(),
                effect.debtChange(),
                account.posted(),
                command,
                now,
                detail.isEmpty() ? null : UsageDetail.decode(detail));
    }
}
