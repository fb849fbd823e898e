package io.tollgate.sandbox.stripe;

/** A stretch of time in whole seconds, the end not part of it. */
record Period(long start, long end) {
    long length() {
        return end - start;
    }

    /** What is left of it from a moment on. */
    Period from(long moment) {
        return new Period(Math.clamp(moment, start, end), end);
    }
}
