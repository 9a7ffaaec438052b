package dev.forebay.processors.screen;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds phrases in folded texts, word by word, whatever stands between the words: a trie whose edges are words. */
final class PhraseList {
    private final Node root = new Node();
    private final Set<String> pieces = new HashSet<>();

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private @Nullable String rule;
    }

    /**
     * @param rule what finding the phrase says
     * @return false where the phrase has no word in it, and so is not added
     */
    boolean add(String phrase, String rule) {
        Folded folded = Folded.of(phrase);
        String text = folded.text();
        Node node = root;
        String rarest = "";
        for (int start = folded.nextWord(0); start < text.length(); ) {
            int end = folded.wordEnd(start);
            String word = text.substring(start, end);
            node = node.next.computeIfAbsent(word, edge -> new Node());
            String piece = Calls.longest(word);
            rarest = piece.length() > rarest.length() ? piece : rarest;
            start = folded.nextWord(end);
        }
        if (node == root) {
            return false;
        }
        pieces.add(rarest);
        if (node.rule == null) {
            node.rule = rule;
        }
        return true;
    }

    /** Of which every text with a phrase has one, as {@link Calls} has them. */
    Set<String> pieces() {
        return pieces;
    }

    /** The rule of the first phrase that a text has. */
    Optional<String> find(Folded folded) {
        String text = folded.text();
        for (int word = folded.nextWord(0); word < text.length(); ) {
            int end = folded.wordEnd(word);
            Node node = root.next.get(text.substring(word, end));
            int next = folded.nextWord(end);
            String rule = node == null ? null : follow(folded, node, next);
            if (rule != null) {
                return Optional.of(rule);
            }
            word = next;
        }
        return Optional.empty();
    }

    private static @Nullable String follow(Folded folded, Node first, int from) {
        String text = folded.text();
        Node node = first;
        int word = from;
        while (node != null && node.rule == null && word < text.length()) {
            int end = folded.wordEnd(word);
            node = node.next.get(text.substring(word, end));
            word = folded.nextWord(end);
        }
        return node == null ? null : node.rule;
    }
}
