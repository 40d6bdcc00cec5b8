package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page as a test reads it: it must be XML, which is more than a browser asks for. */
final class Page {
  private final String text;
  private final Document document;

  private Page(String text) {
    this.text = text;
    this.document = parse(text);
  }

  static Page read(Path file) {
    try {
      return new Page(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      builder.setEntityResolver((name, id) -> new InputSource(new StringReader("")));
      return builder.parse(new InputSource(new StringReader(text)));
    } catch (Exception e) {
      throw new AssertionError("no well-formed page: " + e.getMessage(), e);
    }
  }

  String text() {
    return text;
  }

  /** What a reader reads, white space as it comes. */
  String words() {
    return document.getElementsByTagName("main").item(0).getTextContent();
  }

  List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      all.add((Element) nodes.item(i));
    }
    return all;
  }

  /** Holds for every page whatever is in it. */
  void isSelfContained() {
    assertThat(elements("script")).isEmpty();
    assertThat(elements("link")).isEmpty();
    assertThat(elements("img")).isEmpty();
    assertThat(text).doesNotContain("@import").doesNotContain("rgb(").doesNotContain("url(http");
    assertThat(elements("*").stream().map(e -> e.getAttribute("src"))).allMatch(String::isEmpty);
    assertThat(elements("a").stream().map(e -> e.getAttribute("href")))
        .allMatch(
            target ->
                target.matches(
                    "(report/)?[a-z0-9-]+\\.(html|json|csv|md)(#how-\\d+)?|#[a-z0-9-]+"));
    List<String> ids =
        elements("*").stream().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(
            elements("a").stream()
                .map(e -> e.getAttribute("href"))
                .filter(target -> target.startsWith("#"))
                .map(target -> target.substring(1)))
        .allMatch(ids::contains);
  }
}
