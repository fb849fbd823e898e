package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.CarryResult;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/** What a failed try says about the next. Reasons are codes and classes: messages have addresses in them. */
final class SmtpAnswer {

    private static final int DEPTH_MAX = 20;
    private static final int FOR_GOOD = 500;
    private static final int FOR_NOW = 400;

    private SmtpAnswer() {}

    static CarryResult of(Exception failure, OutgoingMail mail) {
        if (failure instanceof MailSendException sent
                && sent.getFailedMessages().isEmpty()) {
            return new CarryResult.Carried(); // only the farewell failed
        }
        Throwable cause = failure instanceof MailSendException sent && sent.getMessageExceptions().length > 0
                ? sent.getMessageExceptions()[0]
                : failure;
        int code = code(cause);
        if (code >= FOR_GOOD) {
            return new CarryResult.Rejected("SMTP " + code);
        }
        if (code >= FOR_NOW) {
            return new CarryResult.Failed("SMTP " + code);
        }
        String reason = deepest(cause).getClass().getSimpleName();
        return mail.isWritten() ? new CarryResult.Unknown(reason) : new CarryResult.Failed(reason);
    }

    // The server's word on this mail or its address. About the sender, or before, it speaks of our settings: these can
    // be mended.
    private static int code(Throwable failure) {
        @Nullable Throwable at = failure;
        for (int depth = 0; at != null && depth < DEPTH_MAX; depth++) {
            if (at instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (at instanceof SMTPSendFailedException send && !isAboutSender(send)) {
                return send.getReturnCode();
            }
            at = next(at);
        }
        return 0;
    }

    private static boolean isAboutSender(SMTPSendFailedException failure) {
        return String.valueOf(failure.getCommand()).startsWith("MAIL");
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        for (int depth = 0; depth < DEPTH_MAX; depth++) {
            Throwable next = next(deepest);
            if (next == null) {
                return deepest;
            }
            deepest = next;
        }
        return deepest;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException chained ? chained.getNextException() : failure.getCause();
    }
}
