package io.rolloutlab.scenario;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the Javadoc of a scenario's records say of their components. */
final class RecordDocs {
  private static final Path SOURCES = Path.of("src", "main", "java");
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
                  files.getJavaFileObjects(
                      SOURCES.resolve(type.getName().replace('.', '/') + ".java")));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new TreePathScanner<Void, Void>() {
          @Override
          public Void visitClass(ClassTree node, Void nothing) {
            DocCommentTree doc = docs.getDocCommentTree(getCurrentPath());
            if (doc != null) {
              String name = node.getSimpleName().toString();
              doc.getBlockTags().stream()
                  .filter(ParamTree.class::isInstance)
                  .map(ParamTree.class::cast)
                  .forEach(tag -> sentences.put(name + "." + tag.getName(), markdown(tag)));
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

  private static String markdown(ParamTree tag) {
    return tag.getDescription().stream()
        .map(Object::toString)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("\\{@link #?([^}]*)}", "`$1`");
  }
}
