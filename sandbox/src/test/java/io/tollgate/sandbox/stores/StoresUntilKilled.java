package io.tollgate.sandbox.stores;

import java.io.IOException;

/** A program of its own that starts stores, says where, and waits for its end. */
final class StoresUntilKilled {
    private StoresUntilKilled() {}

    @SuppressWarnings("SystemOut") // its parent reads it
    public static void main(String[] arguments) throws IOException {
        Stores stores = Stores.start(StoreSettings.embedded());
        System.out.println(stores.directory());
        int ignored = System.in.read();
    }
}
