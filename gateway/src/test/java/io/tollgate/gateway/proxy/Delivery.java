package io.tollgate.gateway.proxy;

/** How a client asks for its answer. */
enum Delivery {
    PLAIN(""),
    STREAMED(",\"stream\":true");

    private final String member;

    Delivery(String member) {
        this.member = member;
    }

    /** A request for it. */
    String request(String model, String more) {
        return Client.chat(model, member + more);
    }
}
