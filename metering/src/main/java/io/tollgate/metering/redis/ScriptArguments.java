package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A script call's keys and arguments, written down as Redis reads them: one array per call instead of an object for every
 * argument, and ready to be sent again.
 */
public final class ScriptArguments {

    private static final int USUAL = 448;
    private static final int STANDING = 24;

    private final int keys;
    private byte[] wire = new byte[USUAL];
    private int length;
    private int count;

    /** The first {@code keys} arguments added are the keys. */
    public ScriptArguments(int keys) {
        this.keys = keys;
    }

    public ScriptArguments add(byte[] bytes) {
        open(bytes.length);
        append(bytes);
        return close();
    }

    /** A key of a prefix and an account's id, or of a prefix and {@code <account>:<hold>}; ASCII only. */
    public ScriptArguments add(byte[] prefix, String ascii) {
        open(prefix.length + ascii.length());
        append(prefix);
        append(ascii);
        return close();
    }

    /** A hold's key: of a prefix, an account's id and the hold's; ASCII only. */
    public ScriptArguments add(byte[] prefix, String account, String hold) {
        open(prefix.length + account.length() + 1 + hold.length());
        append(prefix);
        append(account);
        wire[length++] = ':';
        append(hold);
        return close();
    }

    /** What {@code head.lua} asks of every caller. */
    public ScriptArguments add(Standing standing) {
        Packing packing = new Packing(STANDING)
                .text(Long.toString(standing.epoch().epoch()))
                .number(standing.epoch().seen());
        return add(
                standing.nowMillis() == ScriptClock.UNKNOWN ? packing.nothing() : packing.number(standing.nowMillis()));
    }

    public ScriptArguments add(Packing packing) {
        open(packing.length());
        System.arraycopy(packing.bytes(), 0, wire, length, packing.length());
        length += packing.length();
        return close();
    }

    public ScriptArguments add(long number) {
        return ascii(Long.toString(number));
    }

    public ScriptArguments ascii(String text) {
        open(text.length());
        append(text);
        return close();
    }

    public ScriptArguments text(String text) {
        return text.isEmpty() ? ascii(text) : add(text.getBytes(UTF_8));
    }

    int count() {
        return count;
    }

    int keys() {
        return keys;
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(wire, 0, length);
    }

    private void open(int size) {
        reserve(size + 16);
        wire[length++] = '$';
        append(Integer.toString(size));
        endLine();
        count++;
    }

    private ScriptArguments close() {
        endLine();
        return this;
    }

    private void append(byte[] bytes) {
        System.arraycopy(bytes, 0, wire, length, bytes.length);
        length += bytes.length;
    }

    private void append(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            wire[length++] = (byte) ascii.charAt(i);
        }
    }

    private void endLine() {
        wire[length++] = '\r';
        wire[length++] = '\n';
    }

    private void reserve(int more) {
        if (length + more > wire.length) {
            wire = Arrays.copyOf(wire, Math.max(wire.length * 2, length + more));
        }
    }
}
