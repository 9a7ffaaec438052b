package opennlp.hostile;

/** As {@link Planted}, for a test that wants it loaded: a class is initialised once, and leaves its mark only then. */
public final class Loadable {
    static {
        System.setProperty(Planted.MARK, "loaded");
    }

    private Loadable() {}
}
