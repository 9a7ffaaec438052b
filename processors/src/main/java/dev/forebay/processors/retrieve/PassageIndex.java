package dev.forebay.processors.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Passages by their vectors, in memory: a hierarchical navigable small world graph (Malkov and Yashunin, 2018) in Lucene.
 * One thread writes, any number search. What was written is seen by the first search after the next refresh; the first
 * search of all sees what was written before it.
 */
public final class PassageIndex {
    /** The longest without a refresh, where refreshes are cheap: what is written before that much is seen. */
    static final long REFRESH_MILLIS = 250;
    /** Passages that the graph is searched for, of which the nearest are taken; a tenant with no more is searched whole. */
    public static final int CANDIDATES = 100;

    /** Refreshes take no more than one part of so many of the time. */
    private static final int REFRESH_SHARE = 10;

    private static final double RAM_BUFFER_MB = 64;
    private static final double SEGMENTS_PER_TIER = 5;

    private static final String KEY = "key";
    private static final String TENANT = "tenant";
    private static final String VECTOR = "vector";
    private static final String TEXT = "text";

    private final int limit;
    private final InstantSource clock;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    /** Of the one thread that writes. */
    private final Set<String> keys = new HashSet<>();

    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile boolean changed;
    private volatile boolean refreshed;
    /** When the last refresh began, and from when on there may be another, in milliseconds since 1970. */
    private volatile long refreshedAt;

    private volatile long due;

    /** @param limit the most passages that are kept */
    public PassageIndex(int limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        try {
            this.writer = new IndexWriter(new ByteBuffersDirectory(), settings());
            this.searchers = new SearcherManager(writer, new SearcherFactory());
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    private static IndexWriterConfig settings() {
        TieredMergePolicy merges = new TieredMergePolicy();
        merges.setSegmentsPerTier(SEGMENTS_PER_TIER);
        return new IndexWriterConfig()
                .setMergePolicy(merges)
                .setMergeScheduler(new PatientMergeScheduler())
                .setMaxFullFlushMergeWaitMillis(0)
                .setRAMBufferSizeMB(RAM_BUFFER_MB)
                .setUseCompoundFile(false)
                .setCommitOnClose(false);
    }

    /**
     * Keeps a passage, in place of the one that had its key.
     *
     * @return false where it is one more than may be kept: then it is not
     */
    public boolean put(Passage passage) {
        if (keys.size() >= limit && !keys.contains(passage.key())) {
            return false;
        }
        keys.add(passage.key());
        try {
            writer.updateDocument(new Term(KEY, passage.key()), document(passage));
        } catch (IOException e) {
            throw impossible(e);
        }
        changed = true;
        return true;
    }

    public void delete(String key) {
        if (!keys.remove(key)) {
            return;
        }
        try {
            writer.deleteDocuments(new Term(KEY, key));
        } catch (IOException e) {
            throw impossible(e);
        }
        changed = true;
    }

    private static Document document(Passage passage) {
        Document document = new Document();
        document.add(new StringField(KEY, passage.key(), Store.YES));
        String tenant = passage.tenant();
        if (tenant != null) {
            document.add(new StringField(TENANT, tenant, Store.YES));
        }
        document.add(new KnnFloatVectorField(VECTOR, passage.vector().numbers(), VectorSimilarityFunction.DOT_PRODUCT));
        passage.texts().forEach(text -> document.add(new StoredField(TEXT, text)));
        return document;
    }

    /**
     * The passages that are nearest to a vector, the nearest first; equally near ones in the order of their keys.
     *
     * @param tenant whose passages are searched; null for all there are
     * @param most passages, at most {@link #CANDIDATES}
     * @param least score of a passage, -1 to 1
     */
    public List<Hit> nearest(UnitVector vector, @Nullable String tenant, int most, double least) {
        refreshIfDue();
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return nearest(searcher, vector, tenant, most, least);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    private static List<Hit> nearest(
            IndexSearcher searcher, UnitVector vector, @Nullable String tenant, int most, double least)
            throws IOException {
        Query filter = tenant == null ? null : new TermQuery(new Term(TENANT, tenant));
        Query query = new KnnFloatVectorQuery(VECTOR, vector.numbers(), CANDIDATES, filter);
        ScoreDoc[] found = searcher.search(query, CANDIDATES).scoreDocs;
        // Those that are as near as the last that is taken count as well, so that not chance but the keys decide.
        float last = found.length < most ? 0 : found[most - 1].score;
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc doc : found) {
            double score = cosine(doc.score);
            if (doc.score >= last && score >= least) {
                hits.add(hit(searcher.storedFields().document(doc.doc), score, tenant));
            }
        }
        return hits.stream().sorted(Hit.NEAREST_FIRST).limit(most).toList();
    }

    private static Hit hit(Document document, double score, @Nullable String tenant) {
        // INVARIANT: the filter alone decides whose passages are found; this is the second look at what must never be.
        if (tenant != null && !tenant.equals(document.get(TENANT))) {
            throw new IllegalStateException("a search found a passage of another tenant");
        }
        return new Hit(document.get(KEY), score, List.of(document.getValues(TEXT)));
    }

    /** Lucene scores by half of one more than the dot product, so that no score is below 0. */
    private static double cosine(float score) {
        return 2.0 * score - 1;
    }

    /** One search makes the refresh, while others go on with what there is; at first there is nothing, so they wait. */
    private void refreshIfDue() {
        if (refreshed && (!isDue() || !refreshing.tryLock())) {
            return;
        }
        if (!refreshing.isHeldByCurrentThread()) {
            refreshing.lock();
        }
        try {
            if (!refreshed || isDue()) {
                refresh();
            }
        } finally {
            refreshing.unlock();
        }
    }

    private boolean isDue() {
        long now = clock.millis();
        return changed && (now >= due || now < refreshedAt);
    }

    private void refresh() {
        long began = clock.millis();
        // Before the refresh: what is written while it goes on is for the next.
        changed = false;
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw impossible(e);
        }
        refreshedAt = began;
        due = began + Math.max(REFRESH_MILLIS, REFRESH_SHARE * (clock.millis() - began));
        refreshed = true;
    }

    private static UncheckedIOException impossible(IOException e) {
        return new UncheckedIOException("an index in memory cannot be read or written", e);
    }
}
