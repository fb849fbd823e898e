package io.tollgate.billing.notice.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.billing.notice.EmailAddress;
import io.tollgate.billing.notice.TakenDelivery;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.MimeMessageHelper;

/** A mail that has the same id at every try, and knows whether a server was given all of it. */
final class OutgoingMail extends MimeMessage {

    private final String id;
    private volatile boolean written;

    /** With {@code session} as the sender's. */
    OutgoingMail(Session session, TakenDelivery delivery, Letterhead letterhead) {
        super(session);
        this.id = "<" + delivery.id() + "." + delivery.postedAt().toEpochMilli() + "@" + letterhead.domain() + ">";
    }

    /** Who mail is from. */
    record Letterhead(InternetAddress from, @Nullable InternetAddress replyTo) {

        String domain() {
            String address = from.getAddress();
            return address.substring(address.lastIndexOf('@') + 1);
        }
    }

    void write(Letterhead letterhead, EmailAddress to, MailText text) throws MessagingException {
        MimeMessageHelper message = new MimeMessageHelper(this, true, UTF_8.name());
        message.setFrom(letterhead.from());
        if (letterhead.replyTo() != null) {
            message.setReplyTo(letterhead.replyTo());
        }
        message.setTo(new InternetAddress(to.value(), true));
        message.setSubject(text.subject());
        message.setText(text.plain(), text.html());
        // So that nobody's holiday notice answers.
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
    }

    /** Before, the server cannot have taken it; after, it may have. */
    boolean isWritten() {
        return written;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    @Override
    public void writeTo(OutputStream server, String @Nullable [] without) throws IOException, MessagingException {
        super.writeTo(server, without);
        written = true;
    }
}
