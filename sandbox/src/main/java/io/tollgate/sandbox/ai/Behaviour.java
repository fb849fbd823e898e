package io.tollgate.sandbox.ai;

import java.time.Duration;

/**
 * How a model answers.
 *
 * @param firstByte from the request to the first byte
 * @param betweenChunks from one piece of a stream to the next; zero sends all of them at once
 * @param minTokens the shortest an answer gets unless the request caps it
 * @param maxTokens the longest; the prompt decides in between
 * @param tokensPerChunk of a stream
 * @param fault what goes wrong
 * @param times for how many answers; the ones after that are well
 */
public record Behaviour(
        Duration firstByte,
        Duration betweenChunks,
        int minTokens,
        int maxTokens,
        int tokensPerChunk,
        Fault fault,
        int times) {
    public static final int ALWAYS = Integer.MAX_VALUE;
    private static final int MOST_TOKENS = 1_000_000;

    public Behaviour {
        if (firstByte.isNegative() || betweenChunks.isNegative()) {
            throw new IllegalArgumentException("a delay cannot be negative");
        }
        if (minTokens < 1 || maxTokens < minTokens || maxTokens > MOST_TOKENS) {
            throw new IllegalArgumentException("tokens must be 1 <= minTokens <= maxTokens <= " + MOST_TOKENS);
        }
        if (tokensPerChunk < 1 || times < 1) {
            throw new IllegalArgumentException("tokensPerChunk and times start at 1");
        }
    }

    public static Behaviour fast() {
        return new Behaviour(Duration.ZERO, Duration.ZERO, 24, 64, 1, Fault.NONE, ALWAYS);
    }

    public static Behaviour slow() {
        return fast().withFirstByte(Duration.ofMillis(300)).withBetweenChunks(Duration.ofMillis(40));
    }

    public Behaviour withFirstByte(Duration delay) {
        return new Behaviour(delay, betweenChunks, minTokens, maxTokens, tokensPerChunk, fault, times);
    }

    public Behaviour withBetweenChunks(Duration delay) {
        return new Behaviour(firstByte, delay, minTokens, maxTokens, tokensPerChunk, fault, times);
    }

    public Behaviour withTokens(int min, int max) {
        return new Behaviour(firstByte, betweenChunks, min, max, tokensPerChunk, fault, times);
    }

    public Behaviour withTokensPerChunk(int tokens) {
        return new Behaviour(firstByte, betweenChunks, minTokens, maxTokens, tokens, fault, times);
    }

    /** For every answer, until the behaviour is replaced. */
    public Behaviour withFault(Fault always) {
        return withFault(always, ALWAYS);
    }

    public Behaviour withFault(Fault other, int answers) {
        return new Behaviour(firstByte, betweenChunks, minTokens, maxTokens, tokensPerChunk, other, answers);
    }
}
