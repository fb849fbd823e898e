package io.tollgate.billing.notice;

import java.time.Duration;

/**
 * How webhooks are sent.
 *
 * @param connectTimeout how long an endpoint may take to be connected to
 * @param timeout how long it may take in all
 * @param answerMaxBytes how much of an answer is read, so that its connection can be used again; of a longer one, no more
 * @param connectionsMax to one endpoint
 */
public record SendingSettings(
        Duration connectTimeout, Duration timeout, int answerMaxBytes, int connectionsMax, DeliverySettings delivery) {

    public SendingSettings {
        if (answerMaxBytes < 1 || connectionsMax < 1) {
            throw new IllegalArgumentException("the sending of webhooks needs bounds of at least 1");
        }
        if (timeout.compareTo(delivery.patience()) >= 0) {
            throw new IllegalArgumentException(
                    "the timeout of webhooks has to be shorter than nine tenths of their lease");
        }
    }
}
