package dev.forebay.deploy.faults;

import java.util.List;

/** One promise. Returns a sentence per violation, none where the evidence keeps it. */
interface Checker {
    List<String> violations(Evidence evidence);
}
