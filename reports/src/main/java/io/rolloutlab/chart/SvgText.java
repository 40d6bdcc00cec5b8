package io.rolloutlab.chart;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Turns Batik's drawing into the SVG of a page: sentinel colours become classes, ids become unique
 * in the page, and everything that says what is the default anyhow is left out.
 */
final class SvgText {
  private static final Set<String> KEPT =
      Set.of(
          "d",
          "x",
          "y",
          "width",
          "height",
          "x1",
          "y1",
          "x2",
          "y2",
          "cx",
          "cy",
          "r",
          "rx",
          "ry",
          "points",
          "transform",
          "stroke-width",
          "stroke-dasharray",
          "stroke-linejoin",
          "stroke-linecap",
          "font-size",
          "font-weight",
          "clip-path",
          "id",
          "fill-opacity",
          "stroke-opacity",
          "textLength",
          "lengthAdjust");
  private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "stroke-width", "1",
          "stroke-dasharray", "none",
          "stroke-linejoin", "miter",
          "stroke-linecap", "square",
          "font-size", "12px",
          "font-weight", "normal",
          "fill-opacity", "1",
          "stroke-opacity", "1");

  /** Batik's first clip is the canvas itself: it cuts nothing. */
  private static final String WHOLE_CANVAS = "url(#clipPath1)";

  private final String prefix;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param prefix of all ids
   */
  SvgText(String prefix) {
    this.prefix = prefix;
  }

  String write(Element drawing, int width, int height, String description) {
    out.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" role=\"img\""
                + " stroke-linecap=\"square\" font-size=\"12px\" aria-label=\"%s\">")
            .formatted(width, height, Xml.escape(description)));
    children(drawing, DEFAULTS);
    return out.append("</svg>").toString();
  }

  private void children(Node parent, Map<String, String> inherited) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        element(element, inherited);
      }
    }
  }

  private void element(Element element, Map<String, String> inherited) {
    String name = element.getTagName();
    if (name.equals("text")) {
      text(element, inherited);
    } else if (element.hasChildNodes()) {
      Map<String, String> attributes = attributes(element, inherited);
      boolean needless = name.equals("g") && attributes.isEmpty();
      if (!needless) {
        open(name, attributes, ">");
      }
      children(element, inheritable(inherited, attributes));
      if (!needless) {
        out.append("</").append(name).append('>');
      }
    } else if (!List.of("g", "defs").contains(name)) {
      open(name, attributes(element, inherited), "/>");
    }
  }

  private void text(Element element, Map<String, String> inherited) {
    String text = element.getTextContent();
    Map<String, String> attributes = attributes(element, inherited);
    attributes.remove("stroke");
    open("text", attributes, ">");
    out.append(Xml.escape(text)).append("</text>");
  }

  private void open(String name, Map<String, String> attributes, String end) {
    out.append('<').append(name);
    attributes.forEach(
        (key, value) ->
            out.append(' ').append(key).append("=\"").append(Xml.escape(value)).append('"'));
    out.append(end);
  }

  private Map<String, String> attributes(Element element, Map<String, String> inherited) {
    Map<String, String> kept = new TreeMap<>();
    NamedNodeMap all = element.getAttributes();
    StringBuilder classes = new StringBuilder();
    for (int i = 0; i < all.getLength(); i++) {
      String name = all.item(i).getNodeName();
      String value = all.item(i).getNodeValue();
      if (name.equals("fill") || name.equals("stroke")) {
        colour(name, value, kept, classes);
      } else if (name.equals("id")) {
        kept.put("id", prefix + value);
      } else if (name.equals("clip-path")) {
        if (!value.equals(WHOLE_CANVAS)) {
          kept.put(name, value.replace("url(#", "url(#" + prefix));
        }
      } else if (KEPT.contains(name) && !value.equals(inherited.get(name))) {
        kept.put(name, value);
      }
    }
    if (classes.length() > 0) {
      kept.put("class", classes.toString().strip());
    }
    return kept;
  }

  private static Map<String, String> inheritable(
      Map<String, String> inherited, Map<String, String> attributes) {
    Map<String, String> all = new TreeMap<>(inherited);
    attributes.forEach((name, value) -> all.computeIfPresent(name, (n, old) -> value));
    return all;
  }

  private void colour(String name, String value, Map<String, String> kept, StringBuilder classes) {
    Matcher rgb = RGB.matcher(value);
    if (rgb.matches()) {
      Color color =
          new Color(
              Integer.parseInt(rgb.group(1)),
              Integer.parseInt(rgb.group(2)),
              Integer.parseInt(rgb.group(3)));
      Ink ink =
          Ink.of(color)
              .orElseThrow(() -> new IllegalStateException(value + " is no ink of the lab"));
      classes.append(name.charAt(0)).append('-').append(ink.css()).append(' ');
    } else if (value.equals("none")) {
      kept.put(name, value);
    } else if (!value.equals("black")) {
      throw new IllegalStateException(value + " is no ink of the lab");
    }
  }
}
