package dev.forebay.deploy;

import java.util.List;
import java.util.Random;

/** Short texts as customers write them, a few hundred different ones, with labels for them. */
public final class ShortTexts {
    public static final List<String> LABELS = List.of("billing", "delivery", "returns", "technical problem", "account");

    private static final String[] WHO = {"I", "my wife", "our office", "a customer", "the neighbour", "we"};
    private static final String[] WHAT = {
        "paid the invoice twice", "got the wrong shoes", "cannot log in", "wait for the parcel since May",
        "want the money back", "see error 42 on the screen", "changed the e-mail address", "lost the receipt"
    };
    private static final String[] HOW = {"", " again", ", please help", " and nobody answers", "!!", " :("};

    private ShortTexts() {}

    public static String text(Random random) {
        return WHO[random.nextInt(WHO.length)] + " " + WHAT[random.nextInt(WHAT.length)]
                + HOW[random.nextInt(HOW.length)];
    }
}
