package dev.forebay.worker.models;

import java.util.Locale;

/**
 * The forward pass of a BERT sentence encoder in TorchScript's own notation: fused query, key and value, fused scaled
 * dot product attention, then mean pooling and normalisation to length 1, both in fp32. From {@code input_ids} and
 * {@code attention_mask}, int64 of [texts, tokens], it gives fp32 of [texts, hidden].
 */
final class BertScript {
    private static final String FLOAT32 = "6";

    private final BertShape shape;
    private final LinearLayers linears;
    private final StringBuilder body = new StringBuilder();

    BertScript(BertShape shape, LinearLayers linears) {
        this.shape = shape;
        this.linears = linears;
    }

    String forward() {
        body.append(
                "  def forward(self: __torch__.Model,\n    input_ids: Tensor,\n    attention_mask: Tensor) -> Tensor:\n");
        line("texts = torch.size(input_ids, 0)");
        line("tokens = torch.size(input_ids, 1)");
        line("real = torch.ne(attention_mask, 0)");
        line("mask = torch.unsqueeze(torch.unsqueeze(real, 1), 1)");
        line("places = torch.slice(self.positions, 0, 0, tokens)");
        line("looked_up = torch.add(torch.embedding(self.words, input_ids), places)");
        line("x0 = %s", layerNorm("looked_up", "embedding_norm"));
        for (int layer = 0; layer < shape.layers(); layer++) {
            layer(layer);
        }
        pooling();
        return body.toString();
    }

    private void layer(int n) {
        String name = "l" + n + "_";
        line(
                "qkv%d = torch.view(%s, [texts, tokens, 3, %d, %d])",
                n, linears.apply("x" + n, name + "qkv"), shape.heads(), shape.headSize());
        line("by_head%d = torch.permute(qkv%d, [2, 0, 3, 1, 4])", n, n);
        line("query%d = torch.select(by_head%d, 0, 0)", n, n);
        line("key%d = torch.select(by_head%d, 0, 1)", n, n);
        line("value%d = torch.select(by_head%d, 0, 2)", n, n);
        line("attended%d = torch.scaled_dot_product_attention(query%d, key%d, value%d, mask)", n, n, n, n);
        line("context%d = torch.reshape(torch.transpose(attended%d, 1, 2), [texts, tokens, %d])", n, n, shape.hidden());
        line("sum%d = %s", n, linears.add("context" + n, name + "attention_out", "x" + n));
        line("y%d = %s", n, layerNorm("sum" + n, name + "attention_norm"));
        line("inner%d = %s", n, linears.gelu("y" + n, name + "up"));
        line("outer%d = %s", n, linears.add("inner" + n, name + "down", "y" + n));
        line("x%d = %s", n + 1, layerNorm("outer" + n, name + "norm"));
    }

    private void pooling() {
        line("states = torch.to(x%d, %s)", shape.layers(), FLOAT32);
        line("weights = torch.unsqueeze(torch.to(real, %s), 2)", FLOAT32);
        line("count = torch.clamp_min(torch.sum(weights, [1]), 9.9999999999999995e-10)");
        line("mean = torch.div(torch.sum(torch.mul(states, weights), [1]), count)");
        line("length = torch.clamp_min(torch.norm(mean, 2, [1], True), 9.9999999999999998e-13)");
        line("return torch.div(mean, length)");
    }

    private String layerNorm(String input, String norm) {
        String epsilon = Double.toString(shape.epsilon()).toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT,
                "torch.layer_norm(%s, [%d], self.%s_w, self.%s_b, %s, False)",
                input,
                shape.hidden(),
                norm,
                norm,
                epsilon);
    }

    private void line(String format, Object... values) {
        body.append("    ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
