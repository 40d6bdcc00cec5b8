package io.rolloutlab.html.doctor;

import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.DoctorLines;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.proof.KeptRun;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.doctor.proof.ProofLines;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.stack.StackNote;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What was found in stack files, as its page shows it.
 *
 * @param summary of all, a sentence
 * @param simulated whether simulated runs were made
 * @param live whether real ones were; never both
 * @param few what few runs can tell, a sentence; empty where there are enough, or none
 * @param proved what the runs came to, a sentence; empty where none were made
 * @param sections one a finding, in the order of the files
 * @param notes what else should be known, with file and line
 */
public record DoctorView(
    String summary,
    boolean simulated,
    boolean live,
    String few,
    String proved,
    List<Section> sections,
    List<String> notes) {
  public DoctorView {
    sections = List.copyOf(sections);
    notes = List.copyOf(notes);
  }

  /**
   * A finding.
   *
   * @param id unique in the page
   * @param sure how sure it is, in a word
   * @param judged what its runs came to, in a word or two; empty where none were made
   * @param told the same in a sentence; empty where none were made
   * @param outcome what came of the updates, a sentence; empty where none were made
   * @param numbers of its runs
   * @param pages of its runs
   */
  public record Section(
      String id,
      Finding finding,
      String at,
      String sure,
      Excerpt excerpt,
      String judged,
      String told,
      String outcome,
      List<Number> numbers,
      List<PageLink> pages) {
    public Section {
      numbers = List.copyOf(numbers);
      pages = List.copyOf(pages);
    }
  }

  /**
   * The page of a run.
   *
   * @param words which run it is of
   * @param href as seen from this page
   */
  public record PageLink(String words, String href) {
    static PageLink of(KeptRun run, Path from) {
      Path folder = from.toAbsolutePath().normalize().getParent();
      Path way = folder.relativize(run.page().normalize());
      String href =
          StreamSupport.stream(way.spliterator(), false)
              .map(part -> escaped(part.toString()))
              .collect(Collectors.joining("/"));
      return new PageLink(run.called(), href);
    }

    private static String escaped(String part) {
      return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  /** A number of the runs without the change, and of those with it. */
  public record Number(
      String label,
      String without,
      String spreadWithout,
      String with,
      String spreadWith,
      String told) {
    static Number of(MeasureChange change) {
      return new Number(
          ChangeWords.label(change),
          ChangeWords.meanOfA(change),
          ChangeWords.spread(change.a(), change),
          ChangeWords.meanOfB(change),
          ChangeWords.spread(change.b(), change),
          ProofLines.told(change));
    }
  }

  /**
   * Makes it.
   *
   * @param proofs of the findings; none where no runs were made
   * @param page where its page is to stand
   */
  public static DoctorView of(List<Diagnosis> diagnoses, List<Proof> proofs, Path page) {
    List<Section> sections = new ArrayList<>();
    for (Finding finding : DoctorLines.all(diagnoses)) {
      sections.add(section("f" + (sections.size() + 1), finding, proofs, page));
    }
    List<String> notes = new ArrayList<>();
    diagnoses.stream()
        .flatMap(diagnosis -> diagnosis.stack().notes().stream())
        .sorted(Comparator.comparing(StackNote::place))
        .map(StackNote::print)
        .distinct()
        .forEach(notes::add);
    ProofLines.leftOut(proofs).forEach(notes::add);
    List<Proof.Made> made =
        proofs.stream().filter(proof -> !proof.isNotRun()).map(Proof::made).toList();
    return new DoctorView(
        DoctorLines.summary(diagnoses),
        made.stream().anyMatch(Proof.Made::simulated),
        made.stream().anyMatch(runs -> !runs.simulated()),
        made.stream().anyMatch(Proof.Made::few) ? ProofLines.FEW : "",
        proofs.isEmpty() ? "" : ProofLines.summary(proofs),
        sections,
        notes);
  }

  private static Section section(String id, Finding finding, List<Proof> proofs, Path page) {
    Optional<Proof> proof =
        proofs.stream().filter(one -> one.plan().finding().equals(finding)).findFirst();
    return new Section(
        id,
        finding,
        finding.place().print(),
        FileWord.of(finding.sureness()),
        Excerpt.around(finding.place()),
        proof.map(one -> ProofLines.word(one.judged())).orElse(""),
        proof.map(ProofLines::sentence).orElse(""),
        proof.filter(one -> one.made().each() > 0).map(ProofLines::outcome).orElse(""),
        proof.map(Proof::numbers).orElse(List.of()).stream().map(Number::of).toList(),
        proof.map(one -> one.made().kept()).orElse(List.of()).stream()
            .map(run -> PageLink.of(run, page))
            .toList());
  }
}
