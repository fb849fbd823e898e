package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.Carrier;
import io.tollgate.billing.notice.CarryResult;
import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.TakenDelivery;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Where no mail server is set: what there would be to tell is kept, and said once to be. */
final class NoMail implements Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(NoMail.class);

    private final AtomicBoolean said = new AtomicBoolean();

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    @Override
    public Mono<CarryResult> carry(TakenDelivery delivery) {
        return Mono.fromSupplier(() -> {
            if (said.compareAndSet(false, true)) {
                LOG.warn(
                        "Customers get no mail: spring.mail.host is not set. Notices are kept, for GET /admin/api/notices");
            }
            return new CarryResult.Nowhere("no mail server is set");
        });
    }
}
