package io.tollgate.sandbox.ai;

/** An answer on its way out. All methods are called on the channel's event loop. */
interface Answer {
    void begin();

    /** The client takes more again. */
    void writable();

    /** The client left. */
    void gone();
}
