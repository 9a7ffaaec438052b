package dev.forebay.processors.completion;

/** What is told of an event that was taken apart. */
sealed interface PartEvent permits PartEvent.Taken, PartEvent.Ended {
    /** Of the event. */
    record Taken(TakenApart apart) implements PartEvent {}

    /** Of one of its requests. */
    record Ended(PartKey request, End end) implements PartEvent {}
}
