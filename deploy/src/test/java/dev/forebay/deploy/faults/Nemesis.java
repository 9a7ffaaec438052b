package dev.forebay.deploy.faults;

/** Sends the requests of a run, makes its fault and heals it. The run then waits for all terminals. */
@FunctionalInterface
interface Nemesis {
    void strike(FaultRun run) throws Exception;
}
