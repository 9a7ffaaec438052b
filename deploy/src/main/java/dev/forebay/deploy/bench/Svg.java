package dev.forebay.deploy.bench;

import java.util.Locale;

/**
 * A drawing under construction. It carries its own style, for light and dark, so that it stays readable when it is taken
 * out of its page.
 */
final class Svg {
    private static final String STYLE =
            """
            <style>
            .t{font:13px system-ui,sans-serif;fill:#1f2328}.s{font:11px system-ui,sans-serif;fill:#59636e}
            .g{stroke:#d1d9e0;stroke-width:1}.w{stroke:#1f2328;stroke-width:1.5}
            .c0{fill:#0969da}.c1{fill:#8c959f}.c2{fill:#bf5700}.c3{fill:#1a7f37}.c4{fill:#8250df}
            .l0{stroke:#0969da}.l1{stroke:#59636e}.l2{stroke:#bf5700}.l3{stroke:#1a7f37}.l4{stroke:#8250df}
            .l{fill:none;stroke-width:2}
            @media (prefers-color-scheme:dark){
            .t{fill:#e6edf3}.s{fill:#9198a1}.g{stroke:#3d444d}.w{stroke:#e6edf3}
            .c0{fill:#4493f8}.c1{fill:#6e7681}.c2{fill:#f0883e}.c3{fill:#3fb950}.c4{fill:#ab7df8}
            .l0{stroke:#4493f8}.l1{stroke:#9198a1}.l2{stroke:#f0883e}.l3{stroke:#3fb950}.l4{stroke:#ab7df8}}
            </style>
            """;

    /** A name, not an address: nothing is fetched. */
    static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final String title;

    /** @param title what the drawing shows, for those who cannot see it */
    Svg(int width, String title) {
        this.width = width;
        this.title = title;
    }

    Svg rect(double x, double y, double w, double h, String style) {
        return add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>",
                style, x, y, w, h);
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    Svg path(String points, String style) {
        return add("<polyline class=\"l %s\" points=\"%s\"/>", style, points);
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    Svg text(double x, double y, String anchor, String style, String text) {
        return add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escaped(text));
    }

    String done(int height) {
        String name = escaped(title);
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                        NAMESPACE,
                        width,
                        height,
                        width,
                        name)
                + STYLE
                + body
                + "</svg>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private Svg add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }
}
