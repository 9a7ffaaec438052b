package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void ordinaryTextOfAnyScriptStaysAsItIs() {
        String text = "Größe 12 €, 日本語, العربية, \uD83D\uDE00";

        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @Test
    void whatMovesTheCursorOrHidesTextIsSpelledOut() {
        assertThat(Printable.line("a\u001b[2Jb\rc\u0000")).isEqualTo("a\\u001b[2Jb\\u000dc\\u0000");
        assertThat(Printable.line("\u202egpj.exe\u200b")).isEqualTo("\\u202egpj.exe\\u200b");
        assertThat(Printable.line("half \ud83d pair")).isEqualTo("half \\ud83d pair");
    }

    @Test
    void lineEndsStayOnlyWhereLinesAreAskedFor() {
        assertThat(Printable.lines("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(Printable.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
        assertThat(Printable.lines("a\u2028b")).isEqualTo("a\\u2028b");
    }
}
