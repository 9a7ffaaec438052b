package dev.forebay.worker.wordpiece;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PieceTrieTest {
    /** 30,000 pieces under two roots, as many as a vocabulary has: the table grows, and nothing in it is lost. */
    @Test
    void whatWasAddedIsFoundAndNothingElse() {
        Random random = new Random(11);
        PieceTrie trie = new PieceTrie();
        int[] roots = {trie.newRoot(), trie.newRoot()};
        Map<String, Integer> model = new HashMap<>();
        for (int id = 0; id < 30_000; id++) {
            int root = random.nextInt(2);
            String piece = piece(random);
            trie.add(roots[root], piece, id);
            model.put(root + piece, id);
        }

        for (int i = 0; i < 60_000; i++) {
            int root = random.nextInt(2);
            String piece = piece(random);
            assertThat(find(trie, roots[root], piece)).isEqualTo(model.getOrDefault(root + piece, PieceTrie.NONE));
        }
        model.forEach((key, id) -> assertThat(find(trie, roots[key.charAt(0) - '0'], key.substring(1)))
                .isEqualTo(id));
    }

    private static String piece(Random random) {
        return random.ints(1 + random.nextInt(6), '!', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int find(PieceTrie trie, int root, String piece) {
        int node = root;
        for (int i = 0; i < piece.length() && node != PieceTrie.NONE; i++) {
            node = trie.child(node, piece.charAt(i));
        }
        return node == PieceTrie.NONE ? PieceTrie.NONE : trie.id(node);
    }
}
