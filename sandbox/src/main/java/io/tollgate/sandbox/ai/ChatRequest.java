package io.tollgate.sandbox.ai;

import org.jspecify.annotations.Nullable;

/**
 * What an answer depends on, whichever dialect asked.
 *
 * @param maxTokens per choice; 0: no cap
 * @param seed stands for the prompt: equal prompts, equal answers
 */
record ChatRequest(String model, Shape shape, int maxTokens, int choices, int promptTokens, long seed) {

    enum Shape {
        JSON,
        STREAM,
        STREAM_WITH_USAGE;

        boolean streams() {
            return this != JSON;
        }
    }

    static final class Draft {
        @Nullable
        String model;

        boolean stream;
        boolean includeUsage;
        int maxTokens;
        int choices = 1;
        int messages;
        int promptTokens;
        long seed = 17;

        ChatRequest complete() {
            if (model == null) {
                throw new BadRequestException("You must provide a model parameter.", "model");
            }
            if (messages == 0) {
                throw new BadRequestException("'messages' must be an array with at least one message.", "messages");
            }
            return new ChatRequest(model, shape(), maxTokens, choices, promptTokens, seed);
        }

        private Shape shape() {
            if (!stream) {
                return Shape.JSON;
            }
            return includeUsage ? Shape.STREAM_WITH_USAGE : Shape.STREAM;
        }

        void text(char[] characters, int offset, int length) {
            promptTokens += Tokens.count(characters, offset, length);
            long hash = seed;
            for (int i = offset; i < offset + length; i++) {
                hash = hash * 31 + characters[i];
            }
            seed = hash;
        }
    }
}
