package dev.forebay.processors.names;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a model's manifest says. OpenNLP would load the classes that it names, so it is read here, as text, and OpenNLP never
 * sees it: a name that is not that of OpenNLP's usual class is refused.
 *
 * @param bilou whether the outcomes are begin, in, last, other and unit, or begin, in and other
 * @param beam how many ways to read a sentence are followed at once
 */
record ModelManifest(boolean bilou, int beam) {
    private static final String COMPONENT = "NameFinderME";
    private static final String FACTORY = "opennlp.tools.namefind.TokenNameFinderFactory";
    private static final String BIO_CODEC = "opennlp.tools.namefind.BioCodec";
    private static final String BILOU_CODEC = "opennlp.tools.namefind.BilouCodec";
    private static final String SERIALIZERS = "serializer-class-";
    private static final String USUAL_BEAM = "3";
    private static final int WIDEST_BEAM = 10;

    static ModelManifest read(byte @Nullable [] bytes) throws UnfitModelException {
        Properties manifest = properties(bytes);
        String component = manifest.getProperty("Component-Name", "");
        if (!component.equals(COMPONENT)) {
            throw new UnfitModelException("It is a model for " + UnfitModelException.shown(component) + ", not for "
                    + COMPONENT + ", which finds names");
        }
        check("factory", manifest.getProperty("factory", FACTORY), FACTORY);
        for (String key : manifest.stringPropertyNames()) {
            if (key.startsWith(SERIALIZERS)) {
                check(UnfitModelException.shown(key), manifest.getProperty(key), "");
            }
        }
        String codec = manifest.getProperty("sequenceCodecImplName", BIO_CODEC);
        if (!codec.equals(BILOU_CODEC)) {
            check("sequenceCodecImplName", codec, BIO_CODEC);
        }
        return new ModelManifest(codec.equals(BILOU_CODEC), beam(manifest.getProperty("BeamSize", USUAL_BEAM)));
    }

    private static Properties properties(byte @Nullable [] bytes) throws UnfitModelException {
        if (bytes == null) {
            throw new UnfitModelException("It has no " + ModelArchive.MANIFEST + ", as every model of OpenNLP has");
        }
        Properties manifest = new Properties();
        try {
            manifest.load(new ByteArrayInputStream(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnfitModelException("Its " + ModelArchive.MANIFEST + " is no list of properties");
        }
        return manifest;
    }

    private static void check(String key, String named, String allowed) throws UnfitModelException {
        if (!named.equals(allowed)) {
            throw new UnfitModelException("Its manifest names a class, " + key + "=" + UnfitModelException.shown(named)
                    + "; no class is loaded for a model");
        }
    }

    private static int beam(String size) throws UnfitModelException {
        try {
            int beam = Integer.parseInt(size);
            if (beam >= 1 && beam <= WIDEST_BEAM) {
                return beam;
            }
        } catch (NumberFormatException e) {
            // said below, as of one out of range
        }
        throw new UnfitModelException("Its BeamSize is not a number from 1 to " + WIDEST_BEAM);
    }
}
