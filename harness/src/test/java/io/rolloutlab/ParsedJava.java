package io.rolloutlab;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java files as the compiler's own parser reads them, for tests of how they are written. */
public final class ParsedJava {
  private ParsedJava() {}

  /**
   * Parses files.
   *
   * @param reader is shown each of them, with what tells its places and its Javadoc
   * @throws UncheckedIOException when one cannot be read
   */
  public static void each(List<Path> files, BiConsumer<CompilationUnitTree, DocTrees> reader) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree file : task.parse()) {
        reader.accept(file, trees);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
