package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.Carrier;
import io.tollgate.billing.notice.CarryResult;
import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.Contact;
import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.DeliveryLimits;
import io.tollgate.billing.notice.EmailAddress;
import io.tollgate.billing.notice.TakenDelivery;
import io.tollgate.metering.store.StoreUnavailableException;
import reactor.core.publisher.Mono;

/** Mail to the account's address, within the limits. */
final class MailCarrier implements Carrier {

    private final Contacts contacts;
    private final Deliveries deliveries;
    private final DeliveryLimits limits;
    private final MailDesk desk;

    MailCarrier(Contacts contacts, Deliveries deliveries, DeliveryLimits limits, MailDesk desk) {
        this.contacts = contacts;
        this.deliveries = deliveries;
        this.limits = limits;
        this.desk = desk;
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    @Override
    public Mono<CarryResult> carry(TakenDelivery delivery) {
        return contacts.of(delivery.account())
                .defaultIfEmpty(Contact.NONE)
                .flatMap(contact -> carry(delivery, contact))
                .onErrorResume(
                        StoreUnavailableException.class,
                        unavailable -> Mono.just(new CarryResult.Failed("the store was not available")));
    }

    private Mono<CarryResult> carry(TakenDelivery delivery, Contact contact) {
        EmailAddress address = contact.email();
        return address == null
                ? Mono.just(new CarryResult.Nowhere("the account has no e-mail address"))
                : deliveries.admit(delivery, limits).flatMap(admission -> switch (admission) {
                    case ADMITTED -> desk.send(delivery, address);
                    case KIND_TOLD_ENOUGH ->
                        Mono.just(new CarryResult.Enough("the account has had enough mail of this kind lately"));
                    case ACCOUNT_TOLD_ENOUGH ->
                        Mono.just(new CarryResult.Enough("the account has had enough mail lately"));
                    case IN_ALL_TOO_MUCH -> Mono.just(new CarryResult.Failed("too much mail was sent lately"));
                });
    }
}
