package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory filled once, by whichever process comes first; the others wait for it. */
final class Unpacked {
    @FunctionalInterface
    interface Filling {
        void fill(Path directory) throws IOException;
    }

    private Unpacked() {}

    static synchronized Path once(Path directory, Filling filling) {
        Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // given back when the channel closes
            if (!Files.isDirectory(directory)) {
                Path unfinished = Files.createTempDirectory(directory.getParent(), "unpacking");
                filling.fill(unfinished);
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack into " + directory, e);
        }
    }
}
