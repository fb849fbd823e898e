package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.CarryResult;
import io.tollgate.billing.notice.EmailAddress;
import io.tollgate.billing.notice.TakenDelivery;
import io.tollgate.billing.notice.mail.OutgoingMail.Letterhead;
import jakarta.mail.MessagingException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes mails and hands them to the server, which blocks: on threads of its own. */
final class MailDesk {

    private final JavaMailSenderImpl sender;
    private final Letterhead letterhead;
    private final MailTexts texts;
    private final Scheduler threads;

    MailDesk(JavaMailSenderImpl sender, Letterhead letterhead, MailTexts texts, Scheduler threads) {
        this.sender = sender;
        this.letterhead = letterhead;
        this.texts = texts;
        this.threads = threads;
    }

    Mono<CarryResult> send(TakenDelivery delivery, EmailAddress to) {
        return Mono.fromCallable(() -> sendNow(delivery, to)).subscribeOn(threads);
    }

    private CarryResult sendNow(TakenDelivery delivery, EmailAddress to) throws MessagingException {
        OutgoingMail mail = new OutgoingMail(sender.getSession(), delivery, letterhead);
        mail.write(letterhead, to, texts.of(delivery.kind(), delivery.facts()));
        try {
            sender.send(mail);
            return new CarryResult.Carried();
        } catch (MailException failure) {
            return SmtpAnswer.of(failure, mail);
        }
    }
}
