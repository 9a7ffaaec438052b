package dev.forebay.processors.names;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Checks the XML that says by which features a model sees a word. OpenNLP makes an object of every class that it names: only
 * some of OpenNLP's own are let through, which need nothing beyond the text, with parameters that bound what a word costs.
 */
final class FeatureDescriptor {
    private static final String PACKAGE = "opennlp.tools.util.featuregen.";
    private static final String WINDOW = "WindowFeatureGeneratorFactory";
    private static final String AGGREGATED = "AggregatedFeatureGeneratorFactory";
    private static final Set<String> OUTER = Set.of(WINDOW, AGGREGATED);
    private static final Set<String> INNER = Set.of(
            "BigramNameFeatureGeneratorFactory",
            "CharacterNgramFeatureGeneratorFactory",
            "DefinitionFeatureGeneratorFactory",
            "DocumentBeginFeatureGeneratorFactory",
            "PrefixFeatureGeneratorFactory",
            "PreviousMapFeatureGeneratorFactory",
            "SentenceFeatureGeneratorFactory",
            "SuffixFeatureGeneratorFactory",
            "TokenClassFeatureGeneratorFactory",
            "TokenFeatureGeneratorFactory",
            "TokenPatternFeatureGeneratorFactory",
            "TrigramNameFeatureGeneratorFactory");
    private static final Set<String> FROM_ZERO = Set.of("prevLength", "nextLength");
    private static final int LARGEST = 10;
    private static final int MOST_GENERATORS = 50;
    private static final int DEEPEST = 4;

    private int generators;

    private FeatureDescriptor() {}

    static void check(byte[] xml) throws UnfitModelException {
        Element root = root(xml);
        if (!root.getTagName().equals("featureGenerators")) {
            throw new UnfitModelException("Its descriptor of features is not of OpenNLP 1.9 or later");
        }
        new FeatureDescriptor().checkChildren(root, false, 0);
    }

    private static Element root(byte[] xml) throws UnfitModelException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            // Without a DTD there are no entities, of this machine's files or of others.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new UnfitModelException("Its descriptor of features is no XML without a DTD");
        } catch (ParserConfigurationException e) {
            throw new AssertionError("the JDK's parser has these features", e);
        }
    }

    private void checkChildren(Element parent, boolean window, int depth) throws UnfitModelException {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                switch (child.getTagName()) {
                    case "generator" -> checkGenerator(child, window, depth + 1);
                    case "int" -> checkNumber(child);
                    case "bool" -> {}
                    default ->
                        throw new UnfitModelException("Its descriptor of features has an element "
                                + UnfitModelException.shown(child.getTagName()) + ", which is not known here");
                }
            }
        }
    }

    private void checkGenerator(Element generator, boolean window, int depth) throws UnfitModelException {
        String named = generator.getAttribute("class");
        String name = named.startsWith(PACKAGE) ? named.substring(PACKAGE.length()) : "";
        if (!OUTER.contains(name) && !INNER.contains(name)) {
            throw new UnfitModelException("Its descriptor of features names a class, "
                    + UnfitModelException.shown(named) + "; only those of OpenNLP that need no resources are loaded");
        }
        generators++;
        boolean nested = name.equals(WINDOW) && window;
        if (nested || generators > MOST_GENERATORS || depth > DEEPEST) {
            throw new UnfitModelException("Its descriptor of features has a window within a window, more than "
                    + MOST_GENERATORS + " generators, or more than " + DEEPEST + " within one another");
        }
        checkChildren(generator, window || name.equals(WINDOW), depth);
    }

    private static void checkNumber(Element number) throws UnfitModelException {
        int smallest = FROM_ZERO.contains(number.getAttribute("name")) ? 0 : 1;
        try {
            int value = Integer.parseInt(number.getTextContent());
            if (value >= smallest && value <= LARGEST) {
                return;
            }
        } catch (NumberFormatException e) {
            // said below, as of one out of range
        }
        throw new UnfitModelException(
                "Its descriptor of features has a number " + UnfitModelException.shown(number.getAttribute("name"))
                        + " that is not " + smallest + " to " + LARGEST);
    }
}
