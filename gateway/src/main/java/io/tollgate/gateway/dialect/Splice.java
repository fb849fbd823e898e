package io.tollgate.gateway.dialect;

import java.util.Comparator;
import java.util.List;

/**
 * A change to a body that leaves every other byte as the client wrote it.
 *
 * @param at offset in the body as it was received
 * @param replaced how many of its bytes give way
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody
record Splice(int at, int replaced, byte[] insert) {

    private static final Comparator<Splice> IN_ORDER = Comparator.comparingInt(Splice::at);

    /** The body with all of the changes, which do not overlap. */
    static byte[] into(byte[] body, List<Splice> splices) {
        if (splices.isEmpty()) {
            return body;
        }
        List<Splice> inOrder = splices.size() == 1
                ? splices
                : splices.stream().sorted(IN_ORDER).toList();
        int length = body.length;
        for (Splice splice : inOrder) {
            length += splice.insert.length - splice.replaced;
        }
        byte[] result = new byte[length];
        int from = 0;
        int to = 0;
        for (Splice splice : inOrder) {
            System.arraycopy(body, from, result, to, splice.at - from);
            to += splice.at - from;
            System.arraycopy(splice.insert, 0, result, to, splice.insert.length);
            to += splice.insert.length;
            from = splice.at + splice.replaced;
        }
        System.arraycopy(body, from, result, to, body.length - from);
        return result;
    }
}
