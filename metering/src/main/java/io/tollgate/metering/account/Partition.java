package io.tollgate.metering.account;

/** One of the fixed number of shares of all accounts; its keys live together in Redis, its events are numbered together. */
public record Partition(int number) {

    public Partition {
        if (number < 0) {
            throw new IllegalArgumentException("partition below zero: " + number);
        }
    }
}
