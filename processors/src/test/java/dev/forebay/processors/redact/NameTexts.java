package dev.forebay.processors.redact;

import dev.forebay.processors.names.NameTraining.Example;
import dev.forebay.processors.names.NameTraining.Place;
import dev.forebay.processors.redact.PiiTexts.Label;
import dev.forebay.processors.redact.PiiTexts.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A labelled synthetic set with names of people: in greetings, signatures and sentences, beside what looks like them, such as
 * months, cities, products and firms, and beside other personal data. The same seed gives the same texts. The names are of one
 * half of the lists, to train with, or of the other, which are new to what was trained.
 */
final class NameTexts {
    private static final List<String> FIRST = List.of(
            "Anna",
            "Peter",
            "Maria",
            "Lukas",
            "Sofia",
            "João",
            "Olga",
            "Ahmed",
            "Yuki",
            "Kate",
            "Max",
            "Chloé",
            "José",
            "April",
            "Jordan",
            "Paris",
            "Thomas",
            "Zoë",
            "Jean-Luc",
            "Fatima",
            "Björn",
            "Siobhán",
            "Mehmet",
            "Ivan",
            "Priya",
            "Liam",
            "June",
            "Florence",
            "Austin",
            "Wei",
            "Noor",
            "Agnieszka",
            "Giulia",
            "Dirk",
            "Hannah",
            "Rahul",
            "Mercedes",
            "Ursula",
            "Victor",
            "Grace");
    private static final List<String> LAST = List.of(
            "Meier",
            "Smith",
            "García",
            "Rossi",
            "Dupont",
            "Kowalski",
            "Jansen",
            "Silva",
            "Novák",
            "Lee",
            "Schmidt",
            "O'Brien",
            "Müller-Lüdenscheid",
            "Berlin",
            "Ford",
            "May",
            "Baker",
            "Yılmaz",
            "Ivanova",
            "Nguyen",
            "van Dijk",
            "Ó Dálaigh",
            "Patel",
            "Hoffmann",
            "London",
            "Winter",
            "Becker",
            "Tanaka",
            "MacDonald",
            "Haddad",
            "Sørensen",
            "de la Cruz",
            "Okafor",
            "Price",
            "King",
            "Lehmann",
            "Wójcik",
            "Bianchi",
            "Chen",
            "Young");
    private static final List<String> CITY = List.of(
            "Berlin",
            "Paris",
            "London",
            "Bad Homburg",
            "New York",
            "Florence",
            "San José",
            "Austin",
            "Frankfurt Main",
            "Santa Maria",
            "St. Peter",
            "Sankt Gallen",
            "Jordan",
            "Victoria");
    private static final List<String> THING = List.of(
            "Galaxy Fold",
            "Apple Watch",
            "Deutsche Bank",
            "Mercedes Benz",
            "Coffee Maker",
            "Happy Meal",
            "Ford Focus",
            "Max Power",
            "Smart Home",
            "Dyson",
            "Premium Account",
            "Gold Card",
            "Grace Period",
            "Young Saver",
            "Windows");
    private static final List<String> MONTH =
            List.of("May", "April", "June", "March", "August", "Monday", "Friday", "Easter");

    private static final List<String> SYLLABLES = List.of(
            "an", "bel", "cor", "da", "el", "fri", "gu", "ho", "is", "jo", "ka", "lin", "mo", "na", "or", "pe", "ri",
            "sa", "to", "va", "wen", "zi", "ö", "é");

    /** {@code %s}: a name whole; {@code %f}: a first name; {@code %l}: a last name. */
    private static final List<String> PERSONAL = List.of(
            "Dear %s,\n\n",
            "Dear Mr %l,\n\n",
            "Dear Ms. %l,\n\n",
            "Hi %f,\n\n",
            "Hello %f, thanks for your answer.",
            "Hallo Frau %l,\n\n",
            "Sehr geehrter Herr %l,\n\n",
            "Bonjour Madame %l,\n\n",
            "My name is %s.",
            "This is %s again.",
            "I am %s and I have been a customer for years.",
            "My colleague %s has written twice.",
            "Please ask %s about it.",
            "I spoke to %s yesterday, who promised a refund.",
            "%s told me to write to you.",
            "The parcel was signed for by %s!",
            "Please change the name on the account from %s to %s.",
            "My husband %f and my daughter %f use it too.",
            "The account belongs to %s (my mother).",
            "Ich heiße %s und warte seit Montag.",
            "Mein Kollege %s hat schon geschrieben.",
            "Konto von %s, bitte ändern.",
            "Je m'appelle %s.",
            "Mi nombre es %s, gracias.",
            "Best regards,\n%s\n\n",
            "Kind regards\n%s\n\n",
            "Mit freundlichen Grüßen\n%s\n\n",
            "Cheers, %f\n\n",
            "Thanks!\n%f\n\n",
            "{\"name\":\"%s\",\"n\":1}",
            "From: %s <%e>\n\n",
            "%s can be reached at %p.",
            "Cardholder %s, card %k.");
    /** {@code %c}: a city; {@code %t}: a product or a firm; {@code %m}: a month or a day. */
    private static final List<String> NOBODY = List.of(
            "Dear Customer Service,\n\n",
            "Dear Sir or Madam,\n\n",
            "Hello Support Team,\n\n",
            "Sehr geehrte Damen und Herren,\n\n",
            "My %t is broken.",
            "This is about the %t again.",
            "Please ask your shop in %c about it.",
            "I moved from %c to %c in %m.",
            "I have been waiting since %m.",
            "%t told me that it is not covered.",
            "The %t was delivered on %m!",
            "I spoke to %t on %m, who promised a refund.",
            "Ich wohne in %c und warte seit %m.",
            "Mein %t geht nicht mehr.",
            "The Terms of Use and the Privacy Policy are not clear.",
            "Best regards,\nYour Support Team\n\n",
            "Kind regards\nCustomer Care %c\n\n",
            "{\"city\":\"%c\",\"product\":\"%t\"}",
            "See you in %m.",
            "On %m the shop in %c was closed.",
            "Is the %t sold in %c?");

    private final Random random;
    private final PiiValues values;
    private final HardNegatives negatives;
    private final boolean known;
    private final boolean training;

    private NameTexts(long seed, boolean known, boolean training) {
        this.random = new Random(seed);
        this.values = new PiiValues(random);
        this.negatives = new HardNegatives(random, values);
        this.known = known;
        this.training = training;
    }

    /** Texts with names that those to train with have as well. */
    static List<Labelled> withKnown(long seed, int count) {
        return new NameTexts(seed, true, false).texts(count);
    }

    /** Texts with names that those to train with do not have. */
    static List<Labelled> withNew(long seed, int count) {
        return new NameTexts(seed, false, false).texts(count);
    }

    /** Texts to train with; every other name is made up, so that not only names are learnt but where they stand. */
    static List<Example> examples(long seed, int count) {
        return new NameTexts(seed, true, true)
                .texts(count).stream()
                        .map(text -> new Example(
                                text.text(),
                                text.labels().stream()
                                        .filter(label -> label.type().equals("name"))
                                        .map(label -> new Place("person", label.start(), label.end()))
                                        .toList()))
                        .toList();
    }

    private List<Labelled> texts(int count) {
        List<Labelled> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            List<Label> labels = new ArrayList<>();
            for (int sentences = 1 + random.nextInt(4); sentences > 0; sentences--) {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                    text.append(' ');
                }
                switch (random.nextInt(9)) {
                    case 0, 1, 2, 3 -> fill(text, labels, values.pick(PERSONAL));
                    case 8 -> text.append(negatives.sentence());
                    default -> fill(text, labels, values.pick(NOBODY));
                }
            }
            texts.add(new Labelled(text.toString(), labels));
        }
        return texts;
    }

    private void fill(StringBuilder text, List<Label> labels, String sentence) {
        int done = 0;
        for (int i = sentence.indexOf('%'); i >= 0; i = sentence.indexOf('%', done)) {
            text.append(sentence, done, i);
            done = i + 2;
            switch (sentence.charAt(i + 1)) {
                case 's' -> name(text, labels, true, true);
                case 'f' -> name(text, labels, true, false);
                case 'l' -> name(text, labels, false, true);
                case 'e' -> add(text, labels, values.email(), "email", "email");
                case 'p' -> add(text, labels, values.phone(), "phone", "phone");
                case 'k' -> add(text, labels, values.card(), "card", "card");
                case 'c' -> text.append(values.pick(CITY));
                case 't' -> text.append(values.pick(THING));
                default -> text.append(values.pick(MONTH));
            }
        }
        text.append(sentence, done, sentence.length());
    }

    private void name(StringBuilder text, List<Label> labels, boolean first, boolean last) {
        String given = half(FIRST);
        String family = half(LAST);
        String name = !first ? family : !last ? given : whole(given, family);
        add(text, labels, name, "name", "name");
    }

    private String half(List<String> names) {
        if (training && random.nextBoolean()) {
            String made = values.pick(SYLLABLES) + values.pick(SYLLABLES) + values.pick(SYLLABLES);
            return made.substring(0, 1).toUpperCase(Locale.ROOT) + made.substring(1);
        }
        int half = names.size() / 2;
        return values.pick(known ? names.subList(0, half) : names.subList(half, names.size()));
    }

    private String whole(String first, String last) {
        return switch (random.nextInt(10)) {
            case 0 -> first.charAt(0) + ". " + last;
            case 1 -> first + " " + (char) ('A' + random.nextInt(26)) + ". " + last;
            default -> first + " " + last;
        };
    }

    private static void add(StringBuilder text, List<Label> labels, String value, String type, String kind) {
        labels.add(new Label(type, kind, text.length(), text.length() + value.length()));
        text.append(value);
    }
}
