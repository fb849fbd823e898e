package io.tollgate.sandbox.ai;

/** Something else than an answer, so that nothing is delivered. */
record Silence(Runnable instead) implements Answer {
    @Override
    public void begin() {
        instead.run();
    }

    @Override
    public void writable() {
        // There is nothing to write.
    }

    @Override
    public void gone() {
        // There is nothing to account for.
    }
}
