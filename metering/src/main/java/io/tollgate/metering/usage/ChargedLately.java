package io.tollgate.metering.usage;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The holds whose charges this gateway has booked itself since they were last asked for: about these nobody has to ask the book. */
public final class ChargedLately {

    private final int most;
    private Set<String> holds = new HashSet<>();

    /** Beyond {@code most} holds, more are passed over. */
    public ChargedLately(int most) {
        this.most = most;
    }

    synchronized void add(Collection<String> charged) {
        if (holds.size() + charged.size() <= most) {
            holds.addAll(charged);
        }
    }

    /** By id. */
    public synchronized Set<String> take() {
        Set<String> taken = holds;
        holds = new HashSet<>();
        return taken;
    }
}
