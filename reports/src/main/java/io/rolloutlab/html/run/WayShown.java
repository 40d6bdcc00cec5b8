package io.rolloutlab.html.run;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.way.Way;
import io.rolloutlab.html.part.Figure;
import java.util.List;

/**
 * Which way a request took, as the page of a run tells it.
 *
 * @param figure the way as a drawing, made from the run's own record
 * @param stations what the drawing shows, in words; empty where there is none
 * @param sentences which way it was, and what would be different in the other mode; empty where it
 *     is not known
 */
public record WayShown(Figure figure, List<String> stations, List<String> sentences) {
  private static final String ID = "way";
  private static final String TITLE = "Which way a request took";

  public WayShown {
    stations = List.copyOf(stations);
    sentences = List.copyOf(sentences);
  }

  static WayShown of(Findings run) {
    Part<Way> part = run.part(Way.class);
    String missing = part.known().map(way -> missing(run, way)).orElse(part.cause());
    if (!missing.isEmpty()) {
      return new WayShown(Figure.undrawn(ID, TITLE, missing), List.of(), List.of());
    }
    Way way = part.orThrow();
    WayFigure figure = new WayFigure(run.manifest(), way);
    return new WayShown(
        figure.figure(ID, TITLE), figure.inWords(), new WayWords(run.manifest(), way).sentences());
  }

  private static String missing(Findings run, Way way) {
    if (way.load().requests() == 0) {
      return "No request was made in this run.";
    }
    if (way.logged().requests() == 0) {
      return "The edge logged no request of this run, so which way they took is not known.";
    }
    return run.manifest().balancing() == null
        ? "Which way of balancing was used was not recorded."
        : "";
  }
}
