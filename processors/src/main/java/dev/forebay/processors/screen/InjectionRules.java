package dev.forebay.processors.screen;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Known phrasings of prompt injection, over folded texts. A rule's pattern is tried only where the text has what every match
 * of it has, which few texts do.
 */
final class InjectionRules {
    /** Up to four words, in between. */
    private static final String FEW = "(?:\\S+\\s){0,4}?";

    static final List<Rule> RULES = List.of(
            rule(
                    "override",
                    needs(
                            "ignore disregard forget override bypass",
                            "previous prior above preceding earlier foregoing all any your system original initial",
                            "instruction instructions prompt prompts rules directive directives guidelines programming"),
                    "\\b(ignore|disregard|forget|override|bypass)\\s" + FEW
                            + "(previous|prior|above|preceding|earlier|foregoing|all|any|your|system|original|initial)\\s"
                            + FEW + "(instructions?|prompts?|rules|directives?|guidelines|programming)\\b"),
            rule(
                    "override-de",
                    needs(
                            "ignoriere ignorieren vergiss vergessen missachte missachten",
                            "anweisung anweisungen instruktionen regeln vorgaben prompt prompts"),
                    "\\b(ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|missachten sie)\\s" + FEW
                            + "(vorherigen?|vorigen?|bisherigen?|obigen?|früheren?|alle|deine|ihre)\\s" + FEW
                            + "(anweisung(en)?|instruktionen|regeln|vorgaben|prompts?)\\b"),
            rule(
                    "override-fr",
                    needs("ignore ignorez oublie oubliez", "instructions consignes gles directives"),
                    "\\b(ignorez?|oubliez?)\\s" + FEW
                            + "(instructions|consignes|règles|directives)\\s" + FEW
                            + "(précédentes|antérieures|initiales|ci-dessus)"),
            rule(
                    "override-es",
                    needs("ignora ignore ignorar olvida olvide", "instrucciones reglas indicaciones"),
                    "\\b(ignora|ignore|ignorar|olvida|olvide)\\s" + FEW + "(instrucciones|reglas|indicaciones)\\s" + FEW
                            + "(anteriores|previas|iniciales)\\b"),
            rule(
                    "override-it",
                    needs("ignora ignorate ignori dimentica", "istruzioni regole indicazioni"),
                    "\\b(ignora|ignorate|ignori|dimentica)\\s" + FEW + "(istruzioni|regole|indicazioni)\\s" + FEW
                            + "(precedenti|iniziali)\\b"),
            rule(
                    "override-pt",
                    needs("ignore ignora esque esqueca", "instru instrucoes regras"),
                    "\\b(ignore|ignora|esqueça|esqueca)\\s" + FEW + "(instruções|instrucoes|regras)\\s" + FEW
                            + "(anteriores|prévias|iniciais)\\b"),
            rule(
                    "override-nl",
                    needs("negeer vergeet", "instructies regels opdrachten aanwijzingen"),
                    "\\b(negeer|vergeet)\\s" + FEW + "(vorige|eerdere|voorgaande|bovenstaande|alle|je|jouw)\\s" + FEW
                            + "(instructies|regels|opdrachten|aanwijzingen)\\b"),
            rule("override-zh", needs("忽 无", "指 提 系 规"), "(忽略|忽视|无视).{0,10}(指令|指示|提示词|系统提示|规则)"),
            rule(
                    "system-prompt",
                    needs(
                            "reveal show print repeat output display tell give share leak disclose what",
                            "system systemprompt initial hidden original secret full exact",
                            "prompt prompts instructions systemprompt"),
                    "\\b(reveal|show|print|repeat|output|display|tell|give|share|leak|disclose|what)\\b.{0,40}"
                            + "\\b(system\\sprompts?|systemprompt"
                            + "|(your|the)\\s(initial|hidden|original|secret|full|exact)\\s(prompt|instructions))\\b"),
            rule(
                    "new-instructions",
                    needs("your system", "new real actual updated", "instruction instructions prompt"),
                    "\\b(your\\s(new|real|actual|updated)\\s(system\\s)?(instructions?|prompt)(\\s(is|are)|\\s?:)"
                            + "|(new|updated)\\ssystem\\s(instructions?|prompt)\\b)"),
            rule(
                    "persona",
                    needs(
                            "now act pretend behave roleplay respond",
                            "dan unrestricted unfiltered uncensored jailbroken restrictions filters"),
                    "\\b(you\\sare\\snow|act\\sas|pretend\\s(to\\sbe|you\\sare|that\\syou\\sare)|behave\\sas"
                            + "|roleplay\\sas|respond\\sas)\\s" + FEW
                            + "(dan|unrestricted|unfiltered|uncensored|jailbroken|(without|no)\\s" + FEW
                            + "(restrictions|filters))\\b"),
            rule(
                    "jailbreak-mode",
                    needs("enter enable activate to in do", "developer jailbreak god dan debug anything", "mode now"),
                    "\\b((enter|enable|activate|switch\\sto|in)\\s" + FEW
                            + "(developer|jailbreak|god|dan|debug)\\smode\\b"
                            + ".{0,60}\\b(enabled|activated|restrictions?|filters?|rules|answer|ignore|respond)"
                            + "|do\\sanything\\snow)\\b"),
            rule(
                    "chat-markup",
                    needs("< [ #", "im inst sys system assistant user endoftext eot instruction instructions header"),
                    "<\\|(im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id)\\|>"
                            + "|\\[/?inst\\]|<</?sys>>|</?(system|assistant)>"
                            + "|###\\s?(system|assistant|instructions?)\\s?:"));

    private static final int MOST_NEEDS = 4;

    /** By piece, the marks of the needs that it meets, for {@link Calls}. */
    static final Map<String, Long> MARKS = marks();

    /**
     * @param needs of each of which every match has a piece
     * @param pattern over the folded text
     */
    record Rule(String name, List<Set<String>> needs, Pattern pattern) {}

    private InjectionRules() {}

    /** Whether any rule has to be tried on a text with these marks. */
    static boolean areCalled(long marks) {
        for (int i = 0; i < RULES.size(); i++) {
            if (isCalled(i, marks)) {
                return true;
            }
        }
        return false;
    }

    /** The name of the first rule that a text with these marks matches. */
    static Optional<String> find(Folded folded, long marks) {
        for (int i = 0; i < RULES.size(); i++) {
            if (isCalled(i, marks)
                    && RULES.get(i).pattern().matcher(folded.text()).find()) {
                return Optional.of(RULES.get(i).name());
            }
        }
        return Optional.empty();
    }

    static boolean isCalled(int rule, long marks) {
        long needed = mark(rule, RULES.get(rule).needs().size()) - mark(rule, 0);
        return (marks & needed) == needed;
    }

    private static long mark(int rule, int need) {
        return 1L << (MOST_NEEDS * rule + need);
    }

    private static Rule rule(String name, List<Set<String>> needs, String pattern) {
        return new Rule(name, needs, Pattern.compile(pattern, Pattern.DOTALL));
    }

    private static List<Set<String>> needs(String... needs) {
        return Stream.of(needs).map(pieces -> Set.of(pieces.split(" "))).toList();
    }

    private static Map<String, Long> marks() {
        Map<String, Long> marks = new HashMap<>();
        for (int rule = 0; rule < RULES.size(); rule++) {
            List<Set<String>> needs = RULES.get(rule).needs();
            for (int need = 0; need < needs.size(); need++) {
                long mark = mark(rule, need);
                needs.get(need).forEach(piece -> marks.merge(piece, mark, (a, b) -> a | b));
            }
        }
        return Map.copyOf(marks);
    }
}
