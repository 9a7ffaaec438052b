package dev.forebay.deploy.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a bench ran.
 *
 * @param instructions of the processor that matter to matrix products
 * @param loadBefore of the system when the bench began: above 0.5 a core somebody else was at work
 * @param engines versions by name
 */
record Machine(
        String cpu,
        int cores,
        List<String> instructions,
        long memoryBytes,
        long maxHeapBytes,
        String os,
        String jvm,
        List<String> collectors,
        double loadBefore,
        Map<String, String> engines) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> TELLING =
            List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8", "asimd", "bf16", "sve");

    /** @param loadBefore of the system when the bench began */
    static Machine here(double loadBefore, Map<String, String> engines) {
        return new Machine(
                cpuInfo("model name", System.getProperty("os.arch", "unknown")),
                Runtime.getRuntime().availableProcessors(),
                tellingFlags(),
                memory(),
                Runtime.getRuntime().maxMemory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList(),
                loadBefore,
                new TreeMap<>(engines));
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static List<String> tellingFlags() {
        List<String> flags = List.of(cpuInfo("flags", cpuInfo("Features", "")).split(" "));
        return TELLING.stream().filter(flags::contains).toList();
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String cpuInfo(String name, String otherwise) {
        try {
            return Files.readAllLines(CPU_INFO).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            // not Linux
            return otherwise;
        }
    }
}
