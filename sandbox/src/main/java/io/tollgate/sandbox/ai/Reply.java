package io.tollgate.sandbox.ai;

/** The whole of an answer, decided before its first byte: what it says, how long it is and how it is cut into chunks. */
final class Reply {
    private final long number;
    private final long createdAt;
    private final ChatRequest request;
    private final Fault fault;
    private final int tokensPerChunk;
    private final int[] lengths;

    private Reply(long number, long createdAt, ChatRequest request, Behaviour behaviour, int[] lengths) {
        this.number = number;
        this.createdAt = createdAt;
        this.request = request;
        this.fault = behaviour.fault();
        this.tokensPerChunk = behaviour.tokensPerChunk();
        this.lengths = lengths;
    }

    static Reply to(ChatRequest request, Behaviour behaviour, long number, long createdAt) {
        int[] lengths = new int[request.choices()];
        for (int choice = 0; choice < lengths.length; choice++) {
            int natural = naturalLength(seed(request, choice), behaviour);
            lengths[choice] = request.maxTokens() == 0 ? natural : Math.min(natural, request.maxTokens());
        }
        return new Reply(number, createdAt, request, behaviour, lengths);
    }

    private static int naturalLength(long seed, Behaviour behaviour) {
        int range = behaviour.maxTokens() - behaviour.minTokens() + 1;
        return behaviour.minTokens() + (int) Long.remainderUnsigned(Words.mix(~seed), range);
    }

    private static long seed(ChatRequest request, int choice) {
        return Words.mix(request.seed() + choice);
    }

    /** Distinguishes answers in their ids. */
    long number() {
        return number;
    }

    /** In seconds since the epoch. */
    long createdAt() {
        return createdAt;
    }

    ChatRequest request() {
        return request;
    }

    Fault fault() {
        return fault;
    }

    int choices() {
        return lengths.length;
    }

    long seed(int choice) {
        return seed(request, choice);
    }

    int length(int choice) {
        return lengths[choice];
    }

    /** Whether the client's cap ended the choice. A text that happens to end there ended by itself or not: nobody knows. */
    boolean cappedAt(int choice) {
        return lengths[choice] == request.maxTokens();
    }

    int completionTokens() {
        int sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return sum;
    }

    /** How many steps of {@link #from(int)} to {@link #to(int, int)} tokens a stream takes. */
    int steps() {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        return (longest + tokensPerChunk - 1) / tokensPerChunk;
    }

    int from(int step) {
        return step * tokensPerChunk;
    }

    /** Exclusive; at or below {@link #from(int)} when the choice is over. */
    int to(int step, int choice) {
        return Math.min(lengths[choice], from(step) + tokensPerChunk);
    }

    int tokensIn(int step) {
        int sum = 0;
        for (int choice = 0; choice < lengths.length; choice++) {
            sum += Math.max(0, to(step, choice) - from(step));
        }
        return sum;
    }
}
