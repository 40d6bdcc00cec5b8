package io.rolloutlab.scenario;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What Javadoc says of the records that make up scenarios, and of what can happen in one. */
final class RecordDocs {
  private static final List<String> MODULES = List.of("scenarios", "harness");
  private static final String OF_CLASS = "";
  private static final Map<Class<?>, Map<String, String>> READ = new HashMap<>();

  private RecordDocs() {}

  /** In Markdown; fails where there is none. */
  static String sentence(Class<?> type, String component) {
    Class<?> file = type.getNestHost();
    String sentence =
        READ.computeIfAbsent(file, RecordDocs::read).get(type.getSimpleName() + "." + component);
    if (sentence == null) {
      throw new AssertionError("%s: no @param %s".formatted(type.getName(), component));
    }
    return sentence;
  }

  /** The first sentence about a class of the main sources, in Markdown; empty for any other. */
  static Optional<String> sentence(Class<?> type) {
    return source(type)
        .map(file -> READ.computeIfAbsent(type, RecordDocs::read))
        .map(docs -> docs.get(type.getSimpleName() + "." + OF_CLASS));
  }

  private static Optional<Path> source(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".java";
    return MODULES.stream()
        .map(module -> Path.of("..", module, "src", "main", "java").resolve(file))
        .filter(Files::exists)
        .findFirst();
  }

  private static Map<String, String> read(Class<?> type) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, String> sentences = new HashMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(source(type).orElseThrow()));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new TreePathScanner<Void, Void>() {
          @Override
          public Void visitClass(ClassTree node, Void nothing) {
            DocCommentTree doc = docs.getDocCommentTree(getCurrentPath());
            if (doc != null) {
              String name = node.getSimpleName().toString();
              sentences.put(name + "." + OF_CLASS, markdown(doc.getFirstSentence()));
              doc.getBlockTags().stream()
                  .filter(ParamTree.class::isInstance)
                  .map(ParamTree.class::cast)
                  .forEach(
                      tag ->
                          sentences.put(
                              name + "." + tag.getName(), markdown(tag.getDescription())));
            }
            return super.visitClass(node, nothing);
          }
        }.scan(unit, null);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return sentences;
  }

  private static String markdown(List<? extends DocTree> words) {
    return words.stream()
        .map(Object::toString)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("\\{@link #?([^}]*)}", "`$1`");
  }
}
