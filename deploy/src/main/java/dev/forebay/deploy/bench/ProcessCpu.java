package dev.forebay.deploy.bench;

import java.lang.management.ManagementFactory;

/** The processor time of this process, all of its threads, the engine's included. */
final class ProcessCpu {
    private ProcessCpu() {}

    static long nanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
