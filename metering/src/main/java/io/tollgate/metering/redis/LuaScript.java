package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** A script put together from fragments. It is called by its digest; its text travels only where Redis does not know it yet. */
public final class LuaScript {

    private static final String ROOT = "/io/tollgate/metering/";

    private final String name;
    private final byte[] text;
    private final byte[] digest;

    private LuaScript(String name, String source) {
        this.name = name;
        this.text = source.getBytes(UTF_8);
        this.digest = HexFormat.of().formatHex(sha1(text)).getBytes(US_ASCII);
    }

    /** Joins the fragments in this order; each is a resource path below the module's root package without {@code .lua}. */
    public static LuaScript of(String... fragments) {
        return new LuaScript(
                fragments[fragments.length - 1],
                Arrays.stream(fragments).map(LuaScript::fragment).collect(Collectors.joining("\n")));
    }

    byte[] text() {
        return text;
    }

    byte[] digest() {
        return digest;
    }

    /** The fragment that gives the script its purpose, for messages. */
    @Override
    public String toString() {
        return name;
    }

    private static String fragment(String path) {
        try (InputStream in = LuaScript.class.getResourceAsStream(ROOT + path + ".lua")) {
            if (in == null) {
                throw new IllegalArgumentException("no such script fragment: " + path);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
