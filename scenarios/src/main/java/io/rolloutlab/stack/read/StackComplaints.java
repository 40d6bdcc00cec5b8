package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.stack.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the files of one stack. */
final class StackComplaints {
  /** A file with more mistakes is something else. */
  private static final int SHOWN = 20;

  private final List<Complaint> complaints = new ArrayList<>();

  private record Complaint(Place place, String text) {}

  /**
   * Adds one.
   *
   * @param key its path from the top of the file; empty for the file itself
   * @param what is wrong, as a sentence's end
   */
  void add(Place place, String key, String what) {
    complaints.add(
        new Complaint(
            place,
            key.isEmpty()
                ? "%s: %s".formatted(place.print(), what)
                : "%s: %s: %s".formatted(place.print(), Complaints.quoted(key), what)));
  }

  /**
   * Ends here when there is one.
   *
   * @throws InvalidStackException with a line for each, in the order of the files
   */
  void throwIfAny() {
    if (complaints.isEmpty()) {
      return;
    }
    List<String> texts =
        complaints.stream()
            .sorted(Comparator.comparing(Complaint::place))
            .map(Complaint::text)
            .distinct()
            .toList();
    String shown = texts.stream().limit(SHOWN).collect(Collectors.joining("\n"));
    throw new InvalidStackException(
        texts.size() <= SHOWN ? shown : "%s\nand %s more".formatted(shown, texts.size() - SHOWN));
  }
}
