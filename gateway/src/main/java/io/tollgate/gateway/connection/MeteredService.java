package io.tollgate.gateway.connection;

/** What is done with the requests to metered routes. */
public interface MeteredService {

    /**
     * Serves one of them. Called on the exchange's loop, once the head has come and whatever of the body came with it; the exchange must in the end be
     * answered.
     */
    void serve(Exchange exchange);
}
