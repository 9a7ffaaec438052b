package dev.forebay.processors.enrich;

/** Counts the parameters of a query, as JDBC writes them: question marks outside quotes and comments; doubled, an operator. */
final class JdbcQuery {
    private final String query;
    private int at;

    private JdbcQuery(String query) {
        this.query = query;
    }

    static int parameters(String query) {
        return new JdbcQuery(query).count();
    }

    private int count() {
        int count = 0;
        while (at < query.length()) {
            if (query.startsWith("--", at)) {
                skipTo("\n");
            } else if (query.startsWith("/*", at)) {
                skipTo("*/");
            } else if (query.startsWith("??", at)) {
                at += 2;
            } else {
                char c = query.charAt(at++);
                if (c == '\'' || c == '"') {
                    skipTo(String.valueOf(c));
                } else if (c == '?') {
                    count++;
                }
            }
        }
        return count;
    }

    private void skipTo(String end) {
        int found = query.indexOf(end, at);
        at = found < 0 ? query.length() : found + end.length();
    }
}
