package io.rolloutlab.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.rolloutlab.chart.Xml;
import io.rolloutlab.html.index.IndexView;
import io.rolloutlab.html.matrix.MatrixView;
import io.rolloutlab.html.run.RunView;
import io.rolloutlab.html.sweep.SweepView;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.sweep.SweepResult;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** The pages of a report. */
final class Pages {
  private static final Configuration TEMPLATES = configuration();
  private static final String STYLE = resource("style.css");
  private static final String BOXES = resource("matrix.css");

  private final Runs runs;
  private final Reported report;

  Pages(Reported report) {
    this.report = report;
    runs = report.runs();
  }

  String index() {
    IndexView view = IndexView.of(runs, report.repeated());
    String style = view.bad().rows().isEmpty() ? STYLE : STYLE + BOXES;
    return fill(
        "index.ftlh",
        Map.of("runs", runs, "view", view, "skipped", report.skipped(), "style", style));
  }

  /**
   * @param run its place in the report
   */
  String run(int run) {
    return fill("run.ftlh", Map.of("view", RunView.of(runs, run), "names", runs.names()));
  }

  /**
   * The page of a run that is compared with none.
   *
   * @param run the only one
   * @param names of the pages that it leads to, its own included
   */
  static String alone(Runs run, List<String> names) {
    return fill("run.ftlh", Map.of("view", RunView.of(run, 0), "names", names));
  }

  /** The only page of a sweep. */
  static String sweep(SweepResult result) {
    return fill("sweep.ftlh", Map.of("view", SweepView.of(result)));
  }

  /** The first page of a matrix. */
  static String matrix(MatrixResult result) {
    return fill("matrix.ftlh", Map.of("view", MatrixView.of(result), "style", STYLE + BOXES));
  }

  /** A template with what every page has. */
  static String fill(String template, Map<String, Object> model) {
    StringWriter page = new StringWriter();
    try {
      Map<String, Object> all = new java.util.HashMap<>(Map.of("style", STYLE));
      all.putAll(model);
      all.put("fmt", Figures.FIGURES);
      all.put("parts", new Parts());
      TEMPLATES.getTemplate(template).process(all, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalStateException("The page cannot be made from " + template, e);
    }
    return Xml.legal(page.toString().strip()) + "\n";
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(Pages.class, "");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setRecognizeStandardFileExtensions(true);
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setLocalizedLookup(false);
    configuration.setLogTemplateExceptions(false);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setFallbackOnNullLoopVariable(false);
    return configuration;
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
