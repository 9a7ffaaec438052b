package dev.forebay.processors.screen;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Known phrasings of prompt injection, over folded texts. A rule's pattern is tried only where one of its words is in the
 * text, which most texts do not have.
 */
final class InjectionRules {
    /** Up to four words, in between. */
    private static final String FEW = "(?:\\S+\\s){0,4}?";

    static final List<Rule> RULES = List.of(
            rule(
                    "override",
                    "ignore disregard forget override bypass",
                    "\\b(ignore|disregard|forget|override|bypass)\\s" + FEW
                            + "(previous|prior|above|preceding|earlier|foregoing|all|any|your|system|original|initial)\\s"
                            + FEW + "(instructions?|prompts?|rules|directives?|guidelines|programming)\\b"),
            rule(
                    "override-de",
                    "ignoriere ignorieren vergiss vergessen missachte missachten",
                    "\\b(ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|missachten sie)\\s" + FEW
                            + "(vorherigen?|vorigen?|bisherigen?|obigen?|früheren?|alle|deine|ihre)\\s" + FEW
                            + "(anweisung(en)?|instruktionen|regeln|vorgaben|prompts?)\\b"),
            rule(
                    "override-fr",
                    "ignore ignorez oublie oubliez",
                    "\\b(ignorez?|oubliez?)\\s" + FEW
                            + "(instructions|consignes|règles|directives)\\s" + FEW
                            + "(précédentes|antérieures|initiales|ci-dessus)"),
            rule(
                    "override-es",
                    "ignora ignore ignorar olvida olvide",
                    "\\b(ignora|ignore|ignorar|olvida|olvide)\\s" + FEW + "(instrucciones|reglas|indicaciones)\\s" + FEW
                            + "(anteriores|previas|iniciales)\\b"),
            rule(
                    "override-it",
                    "ignora ignorate ignori dimentica",
                    "\\b(ignora|ignorate|ignori|dimentica)\\s" + FEW + "(istruzioni|regole|indicazioni)\\s" + FEW
                            + "(precedenti|iniziali)\\b"),
            rule(
                    "override-pt",
                    "ignore ignora esqueça esqueca",
                    "\\b(ignore|ignora|esqueça|esqueca)\\s" + FEW + "(instruções|instrucoes|regras)\\s" + FEW
                            + "(anteriores|prévias|iniciais)\\b"),
            rule(
                    "override-nl",
                    "negeer vergeet",
                    "\\b(negeer|vergeet)\\s" + FEW + "(vorige|eerdere|voorgaande|bovenstaande|alle|je|jouw)\\s" + FEW
                            + "(instructies|regels|opdrachten|aanwijzingen)\\b"),
            rule("override-zh", "忽 无", "(忽略|忽视|无视).{0,10}(指令|指示|提示词|系统提示|规则)"),
            rule(
                    "system-prompt",
                    "prompt prompts instructions systemprompt",
                    "\\b(reveal|show|print|repeat|output|display|tell|give|share|leak|disclose|what)\\b.{0,40}"
                            + "\\b(system\\sprompts?|systemprompt"
                            + "|(your|the)\\s(initial|hidden|original|secret|full|exact)\\s(prompt|instructions))\\b"),
            rule(
                    "new-instructions",
                    "instructions prompt instruction",
                    "\\b(your\\s(new|real|actual|updated)\\s(system\\s)?(instructions?|prompt)\\s?(is|are|:)"
                            + "|(new|updated)\\ssystem\\s(instructions?|prompt)\\b)"),
            rule(
                    "persona",
                    "dan unrestricted unfiltered uncensored jailbroken restrictions filters",
                    "\\b(you\\sare\\snow|act\\sas|pretend\\s(to\\sbe|you\\sare|that\\syou\\sare)|behave\\sas"
                            + "|roleplay\\sas|respond\\sas)\\s" + FEW
                            + "(dan|unrestricted|unfiltered|uncensored|jailbroken|(without|no)\\s" + FEW
                            + "(restrictions|filters))\\b"),
            rule(
                    "jailbreak-mode",
                    "mode anything",
                    "\\b((enter|enable|activate|switch\\sto|in)\\s" + FEW
                            + "(developer|jailbreak|god|dan|debug)\\smode\\b"
                            + ".{0,60}\\b(enabled|activated|restrictions?|filters?|rules|answer|ignore|respond)"
                            + "|do\\sanything\\snow)\\b"),
            rule(
                    "chat-markup",
                    "im inst sys system assistant user endoftext eot instruction instructions header",
                    "<\\|(im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id)\\|>"
                            + "|\\[/?inst\\]|<</?sys>>|</?(system|assistant)>"
                            + "|###\\s?(system|assistant|instructions?)\\s?:"));

    /** The rules by the words that call for them. */
    private static final Map<String, List<Rule>> BY_WORD = byWord();

    /**
     * @param words one of which a text has to have
     * @param pattern over the folded text
     */
    record Rule(String name, Set<String> words, Pattern pattern) {}

    private InjectionRules() {}

    /** The name of a rule that a text matches. */
    static Optional<String> find(Folded folded) {
        String text = folded.text();
        Set<Rule> called = new LinkedHashSet<>();
        for (int word = folded.nextWord(0); word < text.length(); ) {
            int end = folded.wordEnd(word);
            called.addAll(BY_WORD.getOrDefault(text.substring(word, end), List.of()));
            word = folded.nextWord(end);
        }
        return called.stream()
                .filter(rule -> rule.pattern().matcher(text).find())
                .map(Rule::name)
                .findFirst();
    }

    private static Rule rule(String name, String words, String pattern) {
        return new Rule(name, Set.of(words.split(" ")), Pattern.compile(pattern, Pattern.DOTALL));
    }

    private static Map<String, List<Rule>> byWord() {
        Map<String, List<Rule>> rules = new HashMap<>();
        for (Rule rule : RULES) {
            for (String word : rule.words()) {
                rules.merge(word, List.of(rule), (a, b) -> Stream.concat(a.stream(), b.stream())
                        .toList());
            }
        }
        return Map.copyOf(rules);
    }
}
