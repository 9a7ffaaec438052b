package opennlp.hostile;

/** What a hostile model names, in a package that OpenNLP loads classes of: being loaded, it leaves a mark. */
public final class Planted {
    public static final String MARK = "forebay.test.planted";

    static {
        System.setProperty(MARK, "loaded");
    }
}
