package dev.forebay.worker.wordpiece;

import java.util.Arrays;

/** A trie over ASCII whose edges lie in one hash table, so that a step costs one look-up and a vocabulary two megabytes. */
final class PieceTrie {
    static final int NONE = -1;

    private static final int CHAR_BITS = 7;
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    /** Pairs of an edge and the node that it leads to; open addressing, at most half full. No edge is 0, which is free. */
    private int[] edges = new int[1 << 12];

    private int shift = Integer.SIZE - 11;
    private int[] ids = new int[1 << 10];
    private int nodes;

    /** A node that no edge leads to. */
    int newRoot() {
        if (nodes == ids.length) {
            ids = Arrays.copyOf(ids, 2 * nodes);
        }
        ids[nodes] = NONE;
        return nodes++;
    }

    /** @param id of the piece whose characters lead from the root to its node, not negative */
    void add(int root, CharSequence piece, int id) {
        int node = root;
        for (int i = 0; i < piece.length(); i++) {
            int child = child(node, piece.charAt(i));
            node = child == NONE ? newChild(node, piece.charAt(i)) : child;
        }
        ids[node] = id;
    }

    /**
     * The node behind a character; {@link #NONE} where no piece goes on with it.
     *
     * @param c printable ASCII
     */
    int child(int node, char c) {
        int edge = edge(node, c);
        int slot = slot(edge);
        return edges[slot] == edge ? edges[slot + 1] : NONE;
    }

    /** The id of the piece that ends at a node; {@link #NONE} where none does. */
    int id(int node) {
        return ids[node];
    }

    private int newChild(int node, char c) {
        int child = newRoot();
        if (4 * nodes > edges.length) {
            grow();
        }
        put(edge(node, c), child);
        return child;
    }

    private void put(int edge, int child) {
        int slot = slot(edge);
        edges[slot] = edge;
        edges[slot + 1] = child;
    }

    private void grow() {
        int[] old = edges;
        edges = new int[2 * old.length];
        shift--;
        for (int slot = 0; slot < old.length; slot += 2) {
            if (old[slot] != 0) {
                put(old[slot], old[slot + 1]);
            }
        }
    }

    /** Where an edge is, or would be. */
    private int slot(int edge) {
        int slot = ((edge * GOLDEN_RATIO) >>> shift) << 1;
        while (edges[slot] != edge && edges[slot] != 0) {
            slot = (slot + 2) & (edges.length - 1);
        }
        return slot;
    }

    private static int edge(int node, char c) {
        return (node << CHAR_BITS) | c;
    }
}
