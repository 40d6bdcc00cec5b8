package io.rolloutlab.doctor.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.scenario.check.FileWord;
import java.util.List;
import java.util.Optional;

/** Proofs as data. */
public final class ProofJson {
  private ProofJson() {}

  /**
   * What runs came to of a finding: {@code judged}, {@code origin} ({@code simulated}, or {@code
   * live} of all findings of a call), the {@code change}, {@code runs} of each side, a {@code
   * sentence}, what came of the updates, each run's {@code numbers} without the change and with it,
   * and the {@code pages} of live runs.
   *
   * @return empty where there is no proof of it
   */
  public static Optional<JsonNode> of(Finding finding, List<Proof> proofs) {
    return proofs.stream()
        .filter(proof -> proof.plan().finding().equals(finding))
        .findFirst()
        .map(ProofJson::node);
  }

  private static JsonNode node(Proof proof) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("judged", FileWord.of(proof.judged())).put("origin", ProofLines.origin(proof.made()));
    node.put("change", proof.plan().change());
    node.put("runs", proof.made().each()).put("sentence", ProofLines.sentence(proof));
    node.put("outcomeWithout", proof.outcomeBefore()).put("outcomeWith", proof.outcomeAfter());
    ArrayNode numbers = node.putArray("numbers");
    for (MeasureChange number : proof.numbers()) {
      ObjectNode one = numbers.addObject();
      one.put("key", number.measure().key()).put("unit", number.measure().heading().unit());
      number.a().values().forEach(one.putArray("without")::add);
      number.b().values().forEach(one.putArray("with")::add);
      one.put("told", FileWord.of(number.telling()));
    }
    if (!proof.made().simulated()) {
      ArrayNode pages = node.putArray("pages");
      proof
          .made()
          .kept()
          .forEach(
              run -> pages.addObject().put("run", run.called()).put("page", run.page().toString()));
    }
    return node;
  }
}
