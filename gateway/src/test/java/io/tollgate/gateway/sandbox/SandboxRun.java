package io.tollgate.gateway.sandbox;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/**
 * {@code mvn -Psandbox -pl gateway -am}: starts everything, says how to use it, and stops everything at Ctrl-C. What can go wrong for
 * a newcomer (a taken port, a setting that makes no sense) is told in one line.
 */
public final class SandboxRun {

    /** Set by the build: when Maven is killed it cannot stop us, so we watch it. */
    private static final String ENDS_WITH_PARENT = "tollgate.sandbox.ends-with-parent";

    private static final PrintStream OUT = System.out;

    private SandboxRun() {}

    public static void main(String[] args) throws InterruptedException {
        Surroundings surroundings = Surroundings.ofThisProcess();
        try {
            SandboxSettings settings = SandboxSettings.from(surroundings);
            Steps steps = new Steps(OUT);
            Sandbox sandbox = Sandbox.start(settings, steps);
            steps.done();
            OUT.println(new Welcome(sandbox.facts(), settings.envFile().toString()).text());
        } catch (SandboxException e) {
            System.err.println("The sandbox cannot start. " + e.getMessage());
            System.exit(1);
        }
        if (surroundings.get(ENDS_WITH_PARENT) != null) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
            System.exit(0);
        }
        new CountDownLatch(1).await();
    }
}
