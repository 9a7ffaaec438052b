package dev.forebay.worker.models;

import java.util.Locale;

/**
 * How the linear layers of an archive are stored and called, in TorchScript's own notation. What is packed is packed
 * once, by the archive's {@code __setstate__} while it is loaded.
 */
enum LinearLayers {
    /** As any device runs them. */
    PLAIN {
        @Override
        String apply(String input, String layer) {
            return format("torch.linear(%s, self.%s_w, self.%s_b)", input, layer, layer);
        }

        @Override
        String store(String layer, int weight, int bias) {
            return keep(layer + "_w", weight) + keep(layer + "_b", bias);
        }
    },

    /** Matrices in oneDNN's blocked order; GELU and the residual sum are part of the product. */
    PACKED {
        private static final String POINTWISE = "ops.mkldnn._linear_pointwise(%s, self.%s_w, self.%s_b, \"%s\","
                + " annotate(List[Optional[number]], []), \"none\")";

        @Override
        String apply(String input, String layer) {
            return format(POINTWISE, input, layer, layer, "none");
        }

        @Override
        String gelu(String input, String layer) {
            return format(POINTWISE, input, layer, layer, "gelu");
        }

        @Override
        String add(String input, String layer, String other) {
            return format(
                    "ops.mkldnn._linear_pointwise(%s, %s, self.%s_w, self.%s_b, \"add\")", input, other, layer, layer);
        }

        @Override
        String store(String layer, int weight, int bias) {
            return format("    self.%s_w = ops.mkldnn._reorder_linear_weight(tensors[%d], %d)\n", layer, weight, ROWS)
                    + keep(layer + "_b", bias);
        }
    },

    /** 8-bit matrices with one scale per row; the inputs get theirs at each call. */
    INT8 {
        @Override
        String declare(String layer) {
            return "  " + layer + "_p : __torch__.torch.classes.quantized.LinearPackedParamsBase\n";
        }

        @Override
        String apply(String input, String layer) {
            return format("ops.quantized.linear_dynamic(%s, self.%s_p, False)", input, layer);
        }

        @Override
        String store(String layer, int weight, int bias) {
            return format("    matrix%d = tensors[%d]\n", weight, weight)
                    + format("    scale%d = torch.div(torch.amax(torch.abs(matrix%d), [1]), 127.)\n", weight, weight)
                    + format("    zero%d = torch.zeros([torch.size(matrix%d, 0)], dtype=%d)\n", weight, weight, INT64)
                    + format(
                            "    rows%d = torch.quantize_per_channel(matrix%d, scale%d, zero%d, 0, %d)\n",
                            weight, weight, weight, weight, QINT8)
                    + format(
                            "    self.%s_p = ops.quantized.linear_prepack(rows%d, tensors[%d])\n", layer, weight, bias);
        }
    };

    /** For how many rows oneDNN is to choose the order: about a batch's tokens. */
    private static final int ROWS = 1024;

    // numbers of torch's scalar types
    private static final int INT64 = 4;
    private static final int QINT8 = 12;

    /** The product with the matrix, plus the bias. */
    abstract String apply(String input, String layer);

    /** Lines of {@code __setstate__} that make the layer's attributes from two of the stored tensors. */
    abstract String store(String layer, int weight, int bias);

    /** The layer's attributes. */
    String declare(String layer) {
        return "  " + layer + "_w : Tensor\n  " + layer + "_b : Tensor\n";
    }

    String gelu(String input, String layer) {
        return format("torch.gelu(%s)", apply(input, layer));
    }

    String add(String input, String layer, String other) {
        return format("torch.add(%s, %s)", apply(input, layer), other);
    }

    /** A line of {@code __setstate__} that keeps a stored tensor as it is. */
    static String keep(String attribute, int tensor) {
        return format("    self.%s = tensors[%d]\n", attribute, tensor);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
