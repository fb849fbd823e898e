package io.tollgate.billing.notice.mail;

/** A mail's words: the same twice, for readers that show HTML and for those that do not. */
record MailText(String subject, String plain, String html) {}
