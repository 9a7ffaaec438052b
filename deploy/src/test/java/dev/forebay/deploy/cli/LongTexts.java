package dev.forebay.deploy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates texts of many sentences about one subject each, seeded; with digressions, names, numbers and emoji. */
final class LongTexts {
    private static final String[] SUBJECTS = {
        "the harbour bridge", "the new payroll system", "our coffee machine", "the night train", "the school roof",
        "the wind farm", "the city library", "the river ferry", "the bakery oven", "the mountain hut"
    };
    private static final String[] OPENINGS = {
        "On Monday",
        "After the storm",
        "Before lunch",
        "In the third week",
        "Without a warning",
        "As planned",
        "To everyone's surprise",
        "According to Müller",
        "At 7.30 in the morning",
        "Since the last inspection"
    };
    private static final String[] EVENTS = {
        "had to be closed for repairs",
        "was praised by the visitors",
        "needed a part that nobody could find",
        "worked better than expected",
        "cost more than the budget of 12,500 euros allowed",
        "was measured, photographed and measured again",
        "made a noise like a kettle",
        "kept four people busy until midnight",
        "was the only thing that people talked about",
        "failed its second test"
    };
    private static final String[] DIGRESSIONS = {
        "The weather stayed dull.", "Nobody had brought an umbrella!", "Was it worth the trouble?",
        "Lunch was soup 🍲 and bread.", "A dog slept through all of it.", "The minutes run to nine pages."
    };

    private LongTexts() {}

    /** One text of {@code sentences} sentences on one line. */
    static String text(Random random, int sentences) {
        String subject = SUBJECTS[random.nextInt(SUBJECTS.length)];
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            boolean digression = random.nextInt(4) == 0;
            parts.add(
                    digression
                            ? DIGRESSIONS[random.nextInt(DIGRESSIONS.length)]
                            : OPENINGS[random.nextInt(OPENINGS.length)] + " " + subject + " "
                                    + EVENTS[random.nextInt(EVENTS.length)] + ".");
        }
        return String.join(" ", parts);
    }
}
