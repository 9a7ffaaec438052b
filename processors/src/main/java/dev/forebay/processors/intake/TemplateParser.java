package dev.forebay.processors.intake;

import dev.forebay.processors.format.Notation;
import dev.forebay.processors.format.Notation.Objection;
import dev.forebay.processors.intake.Template.Hole;
import dev.forebay.processors.intake.Template.Literal;
import dev.forebay.processors.intake.Template.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the text of a template: places in braces, in the notation of the source, with a question mark behind those that
 * may be missing; doubled braces are braces.
 */
final class TemplateParser {
    private static final int MOST_CHARS = 10_000;
    private static final String ALLOWED = "text with places in braces";

    private final String written;
    private final Notation notation;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    private TemplateParser(String written, Notation notation) {
        this.written = written;
        this.notation = notation;
    }

    /** What a template is made of, or what is wrong with it. */
    record Parsed(List<Piece> pieces, Optional<Objection> objection) {}

    static Parsed parse(String written, Notation notation) {
        TemplateParser parser = new TemplateParser(written, notation);
        Optional<Objection> objection = written.length() > MOST_CHARS
                ? wrong("Shorten it to " + MOST_CHARS + " characters.")
                // None at all was objected to already.
                : written.isEmpty() ? Optional.empty() : parser.readAll();
        return new Parsed(List.copyOf(parser.pieces), objection);
    }

    private Optional<Objection> readAll() {
        while (at < written.length()) {
            Optional<Objection> objection = readNext();
            if (objection.isPresent()) {
                return objection;
            }
        }
        endLiteral();
        return pieces.stream().anyMatch(Hole.class::isInstance)
                ? Optional.empty()
                : wrong("Put a place into it, for example {" + notation.example() + "}.");
    }

    private Optional<Objection> readNext() {
        char c = written.charAt(at);
        boolean brace = c == '{' || c == '}';
        if (!brace || written.startsWith(String.valueOf(c).repeat(2), at)) {
            literal.append(c);
            at += brace ? 2 : 1;
            return Optional.empty();
        }
        int end = written.indexOf('}', at);
        if (c == '}') {
            return wrong("Open the brace that closes at character " + (at + 1) + ", or write }} for a brace.");
        }
        if (end < 0) {
            return wrong("Close the brace that opens at character " + (at + 1) + ", or write {{ for a brace.");
        }
        return readHole(end);
    }

    private Optional<Objection> readHole(int end) {
        boolean optional = written.charAt(end - 1) == '?';
        String place = written.substring(at + 1, optional ? end - 1 : end);
        Optional<Objection> objection = notation.objection(place);
        if (objection.isEmpty()) {
            endLiteral();
            pieces.add(new Hole(notation.place(place), optional));
            at = end + 1;
        }
        return objection.map(wrong ->
                new Objection("in braces " + wrong.allowed(), "At character " + (at + 1) + ": " + wrong.fix()));
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            pieces.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static Optional<Objection> wrong(String fix) {
        return Optional.of(new Objection(ALLOWED, fix));
    }
}
