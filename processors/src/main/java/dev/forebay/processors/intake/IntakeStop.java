package dev.forebay.processors.intake;

import dev.forebay.processors.control.InForce;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.enrich.ReferenceUnavailableException;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.processors.stream.Refusals.Refusal;
import dev.forebay.schemas.ReasonCode.Category;
import dev.forebay.schemas.record.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operator {@code admit}: an event, or each part of it, becomes a request, a rejection or a dead letter. */
final class IntakeStop implements Stop {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    /** Together with those before it well below the time that a transaction may take. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(700);

    private final LivePolicy<IntakeConfig> policy;
    private final Function<IntakeConfig, Intake> intakes;
    private final Duplicates duplicates;
    private final Exits exits;
    private final BiFunction<Hop, Request, Departure> onward;

    /**
     * @param intakes the way of an event under a policy
     * @param onward the way of a request that is admitted, one of those of {@code exits}
     */
    IntakeStop(
            LivePolicy<IntakeConfig> policy,
            Function<IntakeConfig, Intake> intakes,
            Duplicates duplicates,
            Exits exits,
            BiFunction<Hop, Request, Departure> onward) {
        this.policy = policy;
        this.intakes = intakes;
        this.duplicates = duplicates;
        this.exits = exits;
        this.onward = onward;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        InForce<IntakeConfig> inForce = policy.get();
        Taken taken = taken(hop, intakes.apply(inForce.policy()));
        Hop marked = exits.marked(hop, taken);
        EventLetters letters = new EventLetters(taken, hop.event(), hop.now());
        List<Departure> departures = new ArrayList<>();
        taken.admissions().forEach(admission -> {
            Optional<Refusal> refusal = hop.refusal(departures.size());
            Admission ruled = refusal.<Admission>map(noted -> instead(admission, noted))
                    .orElseGet(() -> unlessDuplicate(hop, admission));
            departures.add(ruled.fold(
                    admitted -> onward.apply(marked, admitted.request()),
                    refused -> refused(marked, refused, letters, refusal.isPresent(), inForce.version())));
        });
        if (hop.refusal(departures.size()).isEmpty()) {
            exits.apart(hop, taken).ifPresent(departures::add);
        }
        return departures;
    }

    /** Reading the record again takes seconds, and most reference data that are missing come a moment after it. */
    private static Taken taken(Hop hop, Intake intake) {
        for (long pauseNanos = FIRST_PAUSE.toNanos(); ; pauseNanos *= 2) {
            try {
                return intake.take(hop.event(), hop.now());
            } catch (ReferenceUnavailableException e) {
                if (!e.isMissing() || pauseNanos > LONGEST_PAUSE.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    /** The dead letter of what cannot become what it should: that was too large for its topic. */
    private static Admission.Refused instead(Admission admission, Refusal refusal) {
        return admission.fold(
                admitted -> Envelope.whole(admitted.request()).refuse(refusal.reason()),
                refused -> isRejection(refused) ? refused.envelope().refuse(refusal.reason()) : refused);
    }

    /** Last, so that a request that was refused can be mended and sent again under its id. */
    private Admission unlessDuplicate(Hop hop, Admission admission) {
        return admission.fold(
                admitted -> duplicates
                        .refuse(admitted.request(), hop.event(), hop.now())
                        .<Admission>map(
                                reason -> Envelope.whole(admitted.request()).refuse(reason))
                        .orElse(admitted),
                refused -> refused);
    }

    private Departure refused(
            Hop hop, Admission.Refused refused, EventLetters letters, boolean tooLarge, @Nullable Long policyVersion) {
        return isRejection(refused)
                ? exits.rejection(hop, refused, policyVersion)
                : exits.letter(
                        hop,
                        letters.of(refused, tooLarge),
                        refused.reason(),
                        refused.envelope().requestId());
    }

    private static boolean isRejection(Admission.Refused refused) {
        return refused.reason().code().category() == Category.REJECTION;
    }
}
