package io.rolloutlab.doors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A class is found as if it were named in a file of {@code META-INF/services}: by this thread only,
 * so that no other test meets it.
 */
final class Found {
  private final Path folder;
  private final URLClassLoader loader;

  private Found(Path folder, URLClassLoader loader) {
    this.folder = folder;
    this.loader = loader;
  }

  /** A test's part. */
  interface Body {
    void run() throws IOException;
  }

  /**
   * @param folder an empty one
   */
  static Found as(Path folder, Class<?> service, Class<?> provider) {
    try {
      name(folder, service, provider);
      // Only now: the address of a folder that is not there yet is that of a jar.
      URL[] found = {url(folder)};
      return new Found(folder, new URLClassLoader(found, Found.class.getClassLoader()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One of another service beside it. */
  Found and(Class<?> service, Class<?> provider) {
    try {
      name(folder, service, provider);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void name(Path folder, Class<?> service, Class<?> provider) throws IOException {
    Path file = folder.resolve("META-INF/services").resolve(service.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, provider.getName() + "\n");
  }

  /** No provider of anything is found, as where a module is not on the class path. */
  static Found nothing() {
    return new Found(null, new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader()));
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  /** While this goes on. */
  void during(Body body) throws IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      body.run();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      loader.close();
    }
  }
}
