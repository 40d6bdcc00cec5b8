package io.rolloutlab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.rolloutlab.happening.HappeningAction;
import io.rolloutlab.rollout.Rollout;
import io.rolloutlab.scenario.HappeningKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The boundaries of DESIGN, checked over all modules at once. */
class ArchitectureTest {
  private static final String[] REPORTS = {
    "io.rolloutlab.analysis..",
    "io.rolloutlab.chance..",
    "io.rolloutlab.chart..",
    "io.rolloutlab.html..",
    "io.rolloutlab.compare..",
    "io.rolloutlab.change..",
    "io.rolloutlab.doctor..",
    "io.rolloutlab.gap..",
    "io.rolloutlab.text..",
    "io.rolloutlab.sweep..",
    "io.rolloutlab.matrix.."
  };

  /** A package has one subject and at most so many classes; nested ones are not counted. */
  private static final int MOST_CLASSES = 20;

  /** From its modifiers to its closing brace. */
  private static final int MOST_LINES = 40;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // In a whole build the tests of reports are a jar, which that option does not know.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.rolloutlab");

  @Test
  void packagesAreSmall() {
    Map<String, Long> sizes =
        topLevel().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes).isNotEmpty();
    assertThat(sizes)
        .as("each of these packages has more than one subject: split it")
        .allSatisfy(
            (name, classes) -> assertThat(classes).as(name).isLessThanOrEqualTo(MOST_CLASSES));
  }

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, List<String>> classes =
        topLevel()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));

    assertThat(classes).isNotEmpty();
    assertThat(classes.values())
        .as("who reads a name should not have to ask which one is meant: rename one of them")
        .allSatisfy(same -> assertThat(same).hasSize(1));
  }

  /** FreeMarker reads a record's value by its name, and may meet a method of that name instead. */
  @Test
  void noValueOfAPageSharesItsNameWithAMethod() {
    assertThat(
            CLASSES.stream()
                .filter(JavaClass::isRecord)
                .filter(one -> one.getPackageName().startsWith("io.rolloutlab.html"))
                .flatMap(one -> one.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> !method.getRawParameterTypes().isEmpty())
                .filter(method -> method.getOwner().tryGetField(method.getName()).isPresent()))
        .isEmpty();
  }

  private static Stream<JavaClass> topLevel() {
    return CLASSES.stream()
        .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"));
  }

  @TestFactory
  Stream<DynamicTest> boundaries() {
    return Stream.of(
            slices().matching("io.rolloutlab.(*)..").should().beFreeOfCycles(),
            slices().matching("io.rolloutlab.(**)").should().beFreeOfCycles(),
            noClasses()
                .that()
                .resideInAnyPackage(
                    "io.rolloutlab.rollout..", "io.rolloutlab.happening..", "io.rolloutlab.alarm..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "io.rolloutlab.swarm..",
                    "io.rolloutlab.twin..",
                    "io.rolloutlab.load..",
                    "com.github.dockerjava..",
                    "org.testcontainers..")
                .because("strategies, and what happens beside them, see only the ports"),
            noClasses()
                .that()
                .areAssignableTo(Rollout.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.rolloutlab.history..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Passes")
                .because("no strategy knows phases, passes or what is recorded of it"),
            noClasses()
                .should()
                .dependOnClassesThat(
                    assignableTo(HappeningKind.class)
                        .and(not(equivalentTo(HappeningKind.class)))
                        .and(not(equivalentTo(HappeningAction.class))))
                .because(
                    "a kind of happening is found by its name: nobody knows one, so nobody can"
                        + " switch over them"),
            noClasses()
                .that()
                .resideInAnyPackage(
                    "io.rolloutlab.testbed..",
                    "io.rolloutlab.command..",
                    "io.rolloutlab.edge..",
                    "io.rolloutlab.rollout..",
                    "io.rolloutlab.happening..",
                    "io.rolloutlab.alarm..",
                    "io.rolloutlab.swarm..",
                    "io.rolloutlab.twin..",
                    "io.rolloutlab.calibration..",
                    "io.rolloutlab.trial..",
                    "io.rolloutlab.load..",
                    "io.rolloutlab.history..",
                    "io.rolloutlab.stack..",
                    "io.rolloutlab.scenario..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REPORTS)
                .because("who does must not judge; only app sees the reports"),
            noClasses()
                .that()
                .resideInAnyPackage(REPORTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "io.rolloutlab.testbed..",
                    "io.rolloutlab.happening..",
                    "io.rolloutlab.command..",
                    "io.rolloutlab.edge..",
                    "io.rolloutlab.swarm..",
                    "io.rolloutlab.load..")
                .because("who judges sees histories only"),
            noClasses()
                .that()
                .resideInAnyPackage(
                    "io.rolloutlab.rollout..",
                    "io.rolloutlab.happening..",
                    "io.rolloutlab.alarm..",
                    "io.rolloutlab.command..",
                    "io.rolloutlab.edge..",
                    "io.rolloutlab.testbed..",
                    "io.rolloutlab.twin..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("the timeline is the one owner of time"),
            noClasses()
                .that()
                .resideInAPackage("io.rolloutlab.edge..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "io.rolloutlab.swarm..",
                    "io.rolloutlab.twin..",
                    "io.rolloutlab.command..",
                    "io.rolloutlab.rollout..")
                .because("a dialect is words, and does nothing"),
            noClasses()
                .that()
                .resideOutsideOfPackage("io.rolloutlab.edge.nginx..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.rolloutlab.edge.nginx..")
                .because("an edge is found by its kind, so that another one needs no edit"),
            noClasses()
                .that()
                .resideInAPackage("io.rolloutlab.twin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "io.rolloutlab.swarm..", "java.util.concurrent..", "com.github.dockerjava..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .because("the twin is one thread, and random by its seed only"),
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "io.rolloutlab.rollout..", "io.rolloutlab.scenario.sweep..")
                .and()
                .doNotHaveSimpleName("Strategy")
                .and()
                .haveNameNotMatching(".*\\.compare\\.Claim.*")
                .should()
                .accessField(Strategy.class, "ROLLING")
                .orShould()
                .accessField(Strategy.class, "BLUE_GREEN")
                .orShould()
                .accessField(Strategy.class, "CANARY")
                .orShould()
                .accessField(Strategy.class, "CANARY_IP")
                .because("what is asked of a strategy it says itself; claims are about named ones"),
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "io.rolloutlab.rollout..",
                    "io.rolloutlab.scenario..",
                    "io.rolloutlab.compare..")
                .should()
                .dependOnClassesThat(
                    assignableTo(StrategySettings.class)
                        .and(not(equivalentTo(StrategySettings.class))))
                .because(
                    "what is asked of a strategy is a method of all settings; claims are about"
                        + " named ones"),
            noClasses()
                .should()
                .callConstructorWhere(describe("many parameters", ArchitectureTest::inARow))
                .because(
                    "what is built of ten values or more, four of them of one type, is built in its"
                        + " own file: others name its parts, so that none can be swapped"),
            noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("waits are for named conditions, with a limit"))
        .map(rule -> DynamicTest.dynamicTest(name(rule), () -> rule.check(CLASSES)));
  }

  /** A call of a record's constructor from another file, with values that could be swapped. */
  private static boolean inARow(JavaConstructorCall call) {
    List<JavaClass> types = call.getTarget().getRawParameterTypes();
    return call.getTargetOwner().isRecord()
        && types.size() >= 10
        && types.stream().anyMatch(type -> Collections.frequency(types, type) >= 4)
        && !file(call.getTargetOwner()).equals(file(call.getOriginOwner()));
  }

  private static String file(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  @Test
  void noSwitchIsOverStrategies() throws IOException {
    Pattern wanted = Pattern.compile("(?i)switch \\([^)]*(?:strateg|settings|fileName)");
    for (Path file : sources()) {
      assertThat(wanted.matcher(Files.readString(file)).find()).as("%s", file).isFalse();
    }
  }

  @Test
  void methodsAreShort() throws IOException {
    List<Path> files = sources();
    List<String> longer = new ArrayList<>();
    ParsedJava.each(
        files,
        (file, trees) ->
            new LongMethods(file, trees.getSourcePositions(), longer).scan(file, null));

    assertThat(files).isNotEmpty();
    assertThat(longer).as("these methods do more than one thing: split them").isEmpty();
  }

  /** Those of one file. */
  private static final class LongMethods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final List<String> found;

    LongMethods(CompilationUnitTree file, SourcePositions positions, List<String> found) {
      this.file = file;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      long first = line(positions.getStartPosition(file, method));
      long lines = line(positions.getEndPosition(file, method)) - first + 1;
      if (lines > MOST_LINES) {
        found.add(
            "%s:%s: %s has %s lines"
                .formatted(file.getSourceFile().getName(), first, method.getName(), lines));
      }
      return super.visitMethod(method, none);
    }

    private long line(long position) {
      return file.getLineMap().getLineNumber(position);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(System.getProperty("lab.home", "..")))) {
      return all.filter(f -> f.toString().matches(".*/src/main/java/.*\\.java")).toList();
    }
  }

  private static String name(ArchRule rule) {
    return rule.getDescription();
  }
}
