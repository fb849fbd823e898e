package io.tollgate.metering.redis;

import java.util.Arrays;

/**
 * What a script answered: a word, numbers and texts, each kind in its own order. The first number is always that of the last
 * event of the partition.
 */
public final class Reply {

    private String word = "";
    private long[] numbers = new long[6];
    private int count;
    private String[] texts = {};

    public String word() {
        return word;
    }

    public boolean is(String expected) {
        return word.equals(expected);
    }

    /** The number of the partition's last event. */
    public long lastEvent() {
        return number(0);
    }

    public long number(int index) {
        if (index >= count) {
            throw new IllegalStateException("no number " + index + " in " + this);
        }
        return numbers[index];
    }

    /** How many numbers there are. */
    public int numbers() {
        return count;
    }

    public String text(int index) {
        return texts[index];
    }

    void addText(String text) {
        if (word.isEmpty()) {
            word = text;
        } else {
            texts = Arrays.copyOf(texts, texts.length + 1);
            texts[texts.length - 1] = text;
        }
    }

    void addNumber(long number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count++] = number;
    }

    @Override
    public String toString() {
        return word + Arrays.toString(Arrays.copyOf(numbers, count)) + Arrays.toString(texts);
    }
}
