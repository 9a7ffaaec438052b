package dev.forebay.deploy.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.protocol.ApiKeys;

/** Faults of the network between broker and worker, and between broker and client, made by a proxy each. */
final class NetworkFaults {
    private static final int REQUESTS = 400;
    /** What a client asks of the coordinator of its group or its transactions. */
    private static final Set<ApiKeys> COORDINATION = Set.of(
            ApiKeys.FIND_COORDINATOR,
            ApiKeys.OFFSET_COMMIT,
            ApiKeys.OFFSET_FETCH,
            ApiKeys.CONSUMER_GROUP_HEARTBEAT,
            ApiKeys.SHARE_GROUP_HEARTBEAT,
            ApiKeys.INIT_PRODUCER_ID,
            ApiKeys.ADD_PARTITIONS_TO_TXN,
            ApiKeys.ADD_OFFSETS_TO_TXN,
            ApiKeys.TXN_OFFSET_COMMIT,
            ApiKeys.END_TXN);

    private NetworkFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F11", "nothing passes between worker and broker", NetworkFaults::partitioned)
                        .standIn("12 s in place of 60")
                        .exposedClient()
                        .redone(1),
                FaultCase.of("F12", "the coordinator cannot be reached", NetworkFaults::coordinatorAway)
                        .standIn("one broker: what is asked of its coordinators is held for 8 s, all else passes")
                        .redone(1),
                FaultCase.of("F13", "latency of 100 ms and 3 Mbit/s", NetworkFaults::slow)
                        .exposedClient(),
                FaultCase.of("F14", "connections reset in the middle, answers cut or lost", NetworkFaults::reset)
                        .exposedClient()
                        .givingUp());
    }

    private static void partitioned(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("black hole");
        for (ChaosProxy proxy : ways(run)) {
            proxy.requests(Toxic.swallow());
            proxy.responses(Toxic.swallow());
        }
        run.send(REQUESTS / 2);
        run.pass(Duration.ofSeconds(12));
        for (ChaosProxy proxy : ways(run)) {
            proxy.heal();
            proxy.reset(); // what was swallowed is missing from these connections
        }
        run.send(REQUESTS / 8);
        run.faultHealed("black hole");
        run.expect(run.client().unanswered() > 0, "the client had an answer to every send");
    }

    private static void coordinatorAway(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("coordination is held");
        run.proxy().hold(COORDINATION);
        run.send(REQUESTS / 2);
        run.pass(Duration.ofSeconds(8));
        run.expect(run.proxy().held() > 0, "nothing was held");
        run.proxy().heal();
        run.faultHealed("coordination is held");
    }

    private static void slow(FaultRun run) throws Exception {
        run.workers().start();
        run.send(REQUESTS / 4);
        run.awaitEnded(REQUESTS / 4);
        int before = run.groupEpoch();
        run.faultBegins("slow network");
        for (ChaosProxy proxy : ways(run)) {
            proxy.requests(Toxic.line(100, 375_000));
            proxy.responses(Toxic.line(100, 375_000));
        }
        run.send(REQUESTS * 3 / 4);
        run.awaitAllEnded();
        ways(run).forEach(ChaosProxy::heal);
        run.faultHealed("slow network");
        run.expect(run.groupEpoch() == before, "a slow network changed the group");
    }

    private static void reset(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS / 8);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("resets");
        for (int turn = 0; turn < 6; turn++) {
            run.send(REQUESTS / 8);
            run.pass(Duration.ofMillis(100 + run.random().nextInt(300)));
            if (turn % 2 == 0) {
                ways(run).forEach(ChaosProxy::reset);
            } else {
                for (ChaosProxy proxy : ways(run)) {
                    proxy.responses(Toxic.cutAfter(2_000 + run.random().nextInt(2_000)));
                    proxy.reset();
                }
                run.pass(Duration.ofMillis(300));
                ways(run).forEach(ChaosProxy::heal);
            }
        }
        loseAnswers(run);
        run.faultHealed("resets");
    }

    /** The broker takes what the client sends, and the client gives up before it is told so. */
    private static void loseAnswers(FaultRun run) {
        run.send(1);
        run.client().flush(); // it is connected
        run.clientProxy().responses(Toxic.swallow());
        run.send(REQUESTS / 8);
        run.client().flush();
        run.clientProxy().heal();
        run.clientProxy().reset();
        run.expect(run.client().unanswered() > 0, "the client had an answer to every send");
        run.send(REQUESTS / 8);
    }

    private static List<ChaosProxy> ways(FaultRun run) {
        return List.of(run.proxy(), run.clientProxy());
    }
}
