package io.tollgate.billing.notice;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How mail to customers looks, and how much of it there is.
 *
 * @param from who it is from, with or without a name: {@code Acme <billing@acme.example>}
 * @param replyTo where answers go; null for {@code from}
 * @param product what customers know us by
 * @param templates a directory whose templates are used instead of ours of the same name
 * @param timeout how long the mail server may take for one step
 */
public record MailSettings(
        @Nullable String from,
        @Nullable String replyTo,
        String product,
        @Nullable Path templates,
        DeliveryLimits limits,
        DeliverySettings delivery,
        Duration timeout) {}
