package io.tollgate.gateway.connection;

/** What became of reading a request's body. */
public sealed interface ReceivedBody {
    @SuppressWarnings("ArrayRecordComponent")
    record Received(byte[] bytes) implements ReceivedBody {}

    record TooLarge(int max) implements ReceivedBody {}
}
