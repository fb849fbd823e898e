package io.tollgate.billing.notice;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which kinds go where.
 *
 * @param kinds of each channel
 */
public record Routes(Map<Channel, Set<Notice.Kind>> kinds) {

    public Routes {
        kinds = Map.copyOf(kinds);
    }

    /** The channels of a kind, in the order of their names. */
    public List<Channel> of(Notice.Kind kind) {
        return kinds.entrySet().stream()
                .filter(route -> route.getValue().contains(kind))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Channel::name))
                .toList();
    }
}
