package dev.forebay.processors.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles the expressions of a configuration, and notes what is wrong with one as a problem of its key. What one may cost
 * is bounded: its length, its nodes, the steps of its loops, the size of its patterns, which RE2 matches in linear time.
 */
public final class Expressions {
    private static final CelOptions BOUNDS = CelOptions.current()
            // so that score > 0 is what it looks like
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(4_000)
            .maxParseExpressionNodeCount(500)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(1_000)
            .maxRegexProgramSize(1_000)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(BOUNDS).build();

    private static final CelCompiler CONDITIONS = compiler(SimpleType.BOOL, Facts.ofResults());
    private static final CelCompiler TEXTS = compiler(SimpleType.STRING, Facts.ofResults());
    private static final CelCompiler ANYTHING = compiler(SimpleType.DYN, Facts.ofResults());
    private static final CelCompiler REQUEST_CONDITIONS = compiler(SimpleType.BOOL, Facts.ofRequests());

    private static final List<String> RESULT_NAMES =
            Facts.ofResults().stream().map(Facts.Fact::name).toList();
    private static final List<String> REQUEST_NAMES =
            Facts.ofRequests().stream().map(Facts.Fact::name).toList();

    private static final String EXAMPLE = "label == 'refund' && score >= 0.8";

    private final Set<String> tasks;

    /** @param tasks the names of the section {@code tasks}, the only ones that an expression may name */
    public Expressions(Set<String> tasks) {
        this.tasks = Set.copyOf(tasks);
    }

    /** A condition; empty where the key is absent, or wrong and noted. */
    public Optional<Expression> condition(Section section, String key) {
        return read(section, key, CONDITIONS, "a condition in CEL, such as " + EXAMPLE);
    }

    /** The same over a request. */
    public Optional<Expression> requestCondition(Section section, String key) {
        return read(section, key, REQUEST_CONDITIONS, "a condition in CEL, such as task == 'triage'", REQUEST_NAMES);
    }

    /** An expression that gives a text; empty where the key is absent, or wrong and noted. */
    public Optional<Expression> text(Section section, String key) {
        return read(section, key, TEXTS, "a text in CEL, such as attributes.country or string(score)");
    }

    /** An expression of any type; empty where the key is absent, or wrong and noted. */
    public Optional<Expression> any(Section section, String key) {
        return read(section, key, ANYTHING, "an expression in CEL, such as attributes.country");
    }

    private Optional<Expression> read(Section section, String key, CelCompiler compiler, String allowed) {
        return read(section, key, compiler, allowed, RESULT_NAMES);
    }

    /** @param names of the variables that there are */
    private Optional<Expression> read(
            Section section, String key, CelCompiler compiler, String allowed, List<String> names) {
        String text = section.optionalString(key);
        if (text == null) {
            return Optional.empty();
        }
        if (text.isBlank()) {
            section.problem(key, allowed, "Write an expression, or remove the key.");
            return Optional.empty();
        }
        CelValidationResult result = compiler.compile(text);
        if (result.hasError()) {
            result.getErrors().stream()
                    .findFirst()
                    .ifPresent(issue -> section.problem(key, allowed, fix(issue, text, names)));
            return Optional.empty();
        }
        try {
            CelAbstractSyntaxTree ast = result.getAst();
            Optional<String> mistake = mistakeIn(ast);
            if (mistake.isPresent()) {
                section.problem(key, allowed, mistake.get());
                return Optional.empty();
            }
            return Optional.of(new Expression(text, RUNTIME.createProgram(ast)));
        } catch (CelValidationException | CelEvaluationException e) {
            section.problem(key, allowed, "CEL does not take it: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private static <T> CelCompiler compiler(CelType type, List<Facts.Fact<T>> facts) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(BOUNDS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        facts.forEach(fact -> builder.addVar(fact.name(), fact.type()));
        // Of any type where nothing is said.
        return type.equals(SimpleType.DYN)
                ? builder.build()
                : builder.setResultType(type).build();
    }

    /** What CEL's compiler says, and where. */
    private static String fix(CelIssue issue, String text, List<String> names) {
        String message = issue.getMessage();
        int candidates = message.indexOf(" (candidates");
        String what = candidates < 0 ? message : message.substring(0, candidates);
        boolean severalLines = text.strip().indexOf('\n') >= 0;
        String where = (severalLines ? "Line " + issue.getSourceLocation().getLine() + ", column " : "Column ")
                + (issue.getSourceLocation().getColumn() + 1) + ": ";
        String hint = message.contains("undeclared reference to '") ? " " + known(message.split("'", 3)[1], names) : "";
        return where + what + "." + hint;
    }

    private static String known(String name, List<String> names) {
        return Nearest.to(name, names)
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse("There are: " + String.join(", ", names) + ".");
    }

    /** What no type checker sees: a pattern that RE2 refuses, a task that there is not. */
    private Optional<String> mistakeIn(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(node -> node.getKind() == ExprKind.Kind.CALL)
                .map(CelExpr::call)
                .flatMap(call -> Stream.concat(patternMistake(call), taskMistake(call)))
                .findFirst();
    }

    private static Stream<String> patternMistake(CelCall call) {
        if (!call.function().equals("matches")) {
            return Stream.empty();
        }
        return texts(call.args()).flatMap(pattern -> {
            try {
                int size = Pattern.compile(pattern).programSize();
                return size <= BOUNDS.maxRegexProgramSize()
                        ? Stream.empty()
                        : Stream.of("The pattern is too large: RE2 makes " + size + " steps of it, and "
                                + BOUNDS.maxRegexProgramSize() + " are allowed.");
            } catch (PatternSyntaxException e) {
                return Stream.of("RE2 refuses the pattern: " + e.getMessage() + ".");
            }
        });
    }

    private Stream<String> taskMistake(CelCall call) {
        boolean compares = Set.of("_==_", "_!=_", "@in").contains(call.function());
        boolean ofTask = call.args().stream()
                .anyMatch(arg -> arg.getKind() == ExprKind.Kind.IDENT
                        && arg.ident().name().equals("task"));
        if (!compares || !ofTask) {
            return Stream.empty();
        }
        return texts(call.args())
                .filter(task -> !tasks.contains(task))
                .map(task -> "There is no task " + task + ". "
                        + Nearest.to(task, tasks)
                                .map(name -> "Did you mean " + name + "?")
                                .orElse(
                                        tasks.isEmpty()
                                                ? "None is configured."
                                                : "There are: "
                                                        + tasks.stream()
                                                                .sorted()
                                                                .collect(Collectors.joining(", "))
                                                        + "."));
    }

    /** The literal texts among arguments, those of a literal list with them. */
    private static Stream<String> texts(List<CelExpr> args) {
        List<CelExpr> all = new ArrayList<>(args);
        args.stream()
                .filter(arg -> arg.getKind() == ExprKind.Kind.LIST)
                .forEach(arg -> all.addAll(arg.list().elements()));
        return all.stream()
                .filter(arg -> arg.getKind() == ExprKind.Kind.CONSTANT)
                .map(CelExpr::constant)
                .filter(constant -> constant.getKind() == CelConstant.Kind.STRING_VALUE)
                .map(CelConstant::stringValue);
    }
}
