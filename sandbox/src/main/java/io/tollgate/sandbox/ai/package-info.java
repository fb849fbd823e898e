/**
 * A simulated AI provider that speaks OpenAI's and Anthropic's HTTP: {@link io.tollgate.sandbox.ai.AiSimulator} answers
 * from the prompt alone, counts tokens the same way every time ({@link io.tollgate.sandbox.ai.Tokens}), fails on demand
 * ({@link io.tollgate.sandbox.ai.Fault}) and keeps what it delivered ({@link io.tollgate.sandbox.ai.Deliveries}), which
 * the conservation check compares with the books.
 *
 * <p>Responses are written as bytes straight to the channel: load tests share the machine with the simulator, and a
 * fault is a change to those bytes. Nothing here knows Tollgate beyond the two headers it reads.
 */
@NullMarked
package io.tollgate.sandbox.ai;

import org.jspecify.annotations.NullMarked;
