package io.tollgate.loadtest.check;

import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Delivery;
import io.tollgate.loadtest.check.Evidence.Position;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Those who can be asked about a run besides its clients. */
interface Witnesses {

    /** Redis and Postgres, as they stand at this moment. */
    List<Position> accounts(Collection<String> accounts);

    List<Charge> charges(Collection<String> accounts);

    /** On behalf of those accounts; where the provider was not told for whom, under those request ids. */
    List<Delivery> deliveries(Collection<String> accounts, Collection<String> requestIds);

    /** The sum of all ledger entries, by unit. */
    Map<String, Long> books();
}
