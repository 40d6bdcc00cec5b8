package io.rolloutlab.scenario;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import io.rolloutlab.ParsedJava;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    Map<String, String> sentences = new HashMap<>();
    ParsedJava.each(
        List.of(source(type).orElseThrow()),
        (file, docs) -> new Sentences(docs, sentences).scan(file, null));
    return sentences;
  }

  /** Those of the classes of one file. */
  private static final class Sentences extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final Map<String, String> found;

    Sentences(DocTrees docs, Map<String, String> found) {
      this.docs = docs;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree node, Void nothing) {
      DocCommentTree doc = docs.getDocCommentTree(getCurrentPath());
      if (doc != null) {
        String name = node.getSimpleName().toString();
        found.put(name + "." + OF_CLASS, markdown(doc.getFirstSentence()));
        doc.getBlockTags().stream()
            .filter(ParamTree.class::isInstance)
            .map(ParamTree.class::cast)
            .forEach(tag -> found.put(name + "." + tag.getName(), markdown(tag.getDescription())));
      }
      return super.visitClass(node, nothing);
    }
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
