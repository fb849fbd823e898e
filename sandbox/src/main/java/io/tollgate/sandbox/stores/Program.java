package io.tollgate.sandbox.stores;

import java.nio.file.Path;
import java.util.List;

/** What {@link EmbeddedServer} must know of a server to run it. */
interface Program {
    String name();

    /** The setting a user changes when the port is taken. */
    String portSetting();

    /** Makes the data directory ready, once; what is already there is kept. */
    void prepare();

    Path data();

    List<String> command(int port);

    boolean answers(int port);

    /** The signal for an orderly stop that does not wait for clients to leave. */
    String stopSignal();
}
