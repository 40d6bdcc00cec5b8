package io.rolloutlab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackService;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Findings as data: the lab's own JSON, and SARIF 2.1.0 for who shows findings beside the code. */
public final class DoctorJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private DoctorJson() {}

  /**
   * The lab's own: {@code services} by name, {@code findings} and {@code notes} with file and line.
   *
   * @param proof of a finding; empty where no runs were made
   */
  public static String own(List<Diagnosis> diagnoses, Function<Finding, Optional<JsonNode>> proof) {
    ObjectNode all = JSON.objectNode();
    ArrayNode services = all.putArray("services");
    ArrayNode findings = all.putArray("findings");
    ArrayNode notes = all.putArray("notes");
    for (Diagnosis diagnosis : diagnoses) {
      diagnosis.stack().services().stream().map(StackService::name).forEach(services::add);
      diagnosis
          .stack()
          .notes()
          .forEach(note -> at(notes.addObject(), note.place()).put("what", note.what()));
    }
    for (Finding finding : DoctorLines.all(diagnoses)) {
      ObjectNode node = at(findings.addObject(), finding.place());
      node.put("rule", finding.rule())
          .put("service", finding.service())
          .put("sureness", FileWord.of(finding.sureness()))
          .put("what", finding.what())
          .put("change", finding.change());
      proof.apply(finding).ifPresent(its -> node.set("proof", its));
    }
    return text(all);
  }

  private static ObjectNode at(ObjectNode node, Place place) {
    return node.put("file", place.file()).put("line", place.line());
  }

  /**
   * SARIF 2.1.0: certain findings are errors, likely ones warnings, possible ones notes.
   *
   * @param rules all that were asked
   */
  public static String sarif(List<Diagnosis> diagnoses, List<Rule> rules) {
    ObjectNode log = JSON.objectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Rollout Lab doctor");
    ArrayNode described = driver.putArray("rules");
    rules.forEach(rule -> described.add(described(rule.about())));
    ArrayNode results = run.putArray("results");
    DoctorLines.all(diagnoses).forEach(finding -> results.add(result(finding)));
    return text(log);
  }

  private static ObjectNode described(About about) {
    ObjectNode rule = JSON.objectNode();
    rule.put("id", about.name());
    rule.putObject("shortDescription").put("text", about.looksFor());
    rule.putObject("help").put("text", "Sources: " + String.join("; ", about.sources()));
    return rule;
  }

  private static ObjectNode result(Finding finding) {
    ObjectNode result = JSON.objectNode();
    result.put("ruleId", finding.rule()).put("level", level(finding.sureness()));
    result
        .putObject("message")
        .put("text", "%s: %s. %s".formatted(finding.service(), finding.what(), finding.change()));
    ObjectNode physical = result.putArray("locations").addObject().putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", uri(finding.place().file()));
    physical.putObject("region").put("startLine", finding.place().line());
    return result;
  }

  private static String level(Sureness sureness) {
    return switch (sureness) {
      case CERTAIN -> "error";
      case LIKELY -> "warning";
      case POSSIBLE -> "note";
    };
  }

  /** A relative path stays one, so that it is found from the root of the code. */
  private static String uri(String file) {
    try {
      Path path = Path.of(file);
      return path.isAbsolute()
          ? path.toUri().toString()
          : new URI(null, null, path.normalize().toString().replace('\\', '/'), null).toString();
    } catch (URISyntaxException odd) {
      throw new IllegalStateException(file + ": is no address", odd);
    }
  }

  private static String text(ObjectNode node) {
    return node.toPrettyString() + "\n";
  }
}
