package dev.forebay.deploy.faults;

import java.util.List;

/** C6: what the concurrent reader saw is still there when all is settled. */
final class NoAbortedRead implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        return evidence.terminals().stream()
                .filter(terminal -> !evidence.settled().contains(terminal.position()))
                .map(terminal -> "aborted read: " + terminal.requestId() + " at " + terminal.position())
                .toList();
    }
}
