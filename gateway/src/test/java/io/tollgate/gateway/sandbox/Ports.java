package io.tollgate.gateway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at ports before anything is started, so that a taken one costs no time and leaves nothing behind. */
final class Ports {

    private Ports() {}

    static void requireFree(int port, String piece, String setting) {
        if (port == 0) {
            return;
        }
        try {
            bind(port);
        } catch (IOException e) {
            throw new SandboxException(
                    "Port %d is taken, so %s cannot listen on it. Free it, or choose another with %s (0 picks a free one)."
                            .formatted(port, piece, setting));
        }
    }

    /** The port itself, or a free one for 0. */
    static int orFree(int port) {
        try {
            return port == 0 ? bind(0) : port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }
}
