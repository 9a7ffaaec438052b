package dev.forebay.processors.names;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Goes through the bytes of a classifier before OpenNLP does, which trusts them: every count has the bytes that it counts, every
 * number of an outcome has the outcome, every parameter is a number. The layout is that of OpenNLP's binary writers:
 * type, (GIS: constant, parameter,) outcomes, patterns, predicates, parameters.
 */
final class ClassifierScan {
    private static final int MOST_OUTCOMES = 200;
    private static final int LONGEST_OUTCOME = 60;
    private static final int MOST_PREDICATES = 4_000_000;

    private final DataInputStream in;
    private final List<String> outcomes = new ArrayList<>();
    /** Predicates, then parameters of each, by pattern. */
    private final List<int[]> patterns = new ArrayList<>();

    private ClassifierScan(byte[] bytes) {
        this.in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** The outcomes, {@code person-start}. */
    static List<String> outcomes(byte[] bytes) throws UnfitModelException {
        ClassifierScan scan = new ClassifierScan(bytes);
        try {
            scan.checkType();
            scan.readOutcomes();
            long predicates = scan.readPatterns();
            scan.checkPredicates(predicates);
            scan.checkParameters();
        } catch (EOFException e) {
            throw new UnfitModelException("Its classifier ends too early");
        } catch (IOException | NumberFormatException e) {
            throw new UnfitModelException("Its classifier is damaged");
        }
        return scan.outcomes;
    }

    private void checkType() throws IOException, UnfitModelException {
        String type = in.readUTF();
        if (type.equals("GIS")) {
            in.readInt();
            in.readDouble();
        } else if (!type.equals("Perceptron")) {
            throw new UnfitModelException("Its classifier is of the type " + UnfitModelException.shown(type)
                    + "; those of maximum entropy (GIS) and Perceptron are read");
        }
    }

    private void readOutcomes() throws IOException, UnfitModelException {
        int count = in.readInt();
        if (count < 2 || count > MOST_OUTCOMES) {
            throw new UnfitModelException("Its classifier has not 2 to " + MOST_OUTCOMES + " outcomes");
        }
        for (int i = 0; i < count; i++) {
            String outcome = in.readUTF();
            if (outcome.length() > LONGEST_OUTCOME || !outcome.chars().allMatch(ClassifierScan::isPlain)) {
                throw new UnfitModelException("Its classifier has an outcome " + UnfitModelException.shown(outcome)
                        + ", which is no kind of names");
            }
            outcomes.add(outcome);
        }
    }

    private static boolean isPlain(int c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == ' ';
    }

    /** How many predicates there have to be. */
    private long readPatterns() throws IOException, UnfitModelException {
        long predicates = 0;
        int count = count();
        for (int i = 0; i < count; i++) {
            StringTokenizer numbers = new StringTokenizer(in.readUTF(), " ");
            int parameters = numbers.countTokens() - 1;
            int repeated = parameters < 1 ? 0 : Integer.parseInt(numbers.nextToken());
            if (repeated < 1) {
                throw new IOException("an empty pattern");
            }
            while (numbers.hasMoreTokens()) {
                int outcome = Integer.parseInt(numbers.nextToken());
                if (outcome < 0 || outcome >= outcomes.size()) {
                    throw new UnfitModelException("Its classifier has parameters of an outcome that it does not have");
                }
            }
            patterns.add(new int[] {repeated, parameters});
            predicates += repeated;
        }
        return predicates;
    }

    private void checkPredicates(long expected) throws IOException, UnfitModelException {
        int count = count();
        if (count > MOST_PREDICATES || count != expected) {
            throw new UnfitModelException("Its classifier has not the " + expected
                    + " predicates of its patterns, or more than " + MOST_PREDICATES);
        }
        for (int i = 0; i < count; i++) {
            in.readUTF();
        }
    }

    private void checkParameters() throws IOException, UnfitModelException {
        for (int[] pattern : patterns) {
            for (long i = (long) pattern[0] * pattern[1]; i > 0; i--) {
                if (!Double.isFinite(in.readDouble())) {
                    throw new UnfitModelException("Its classifier has a parameter that is no number");
                }
            }
        }
    }

    /** Of texts, each of which takes two bytes at least. */
    private int count() throws IOException {
        int count = in.readInt();
        if (count < 1 || count > in.available() / 2) {
            throw new EOFException();
        }
        return count;
    }
}
