package io.rolloutlab.happening;

import io.rolloutlab.history.Event;
import java.util.List;

/**
 * One thing that is done when its time has come.
 *
 * @param target the host name of a node, or the name of a service
 * @param effect what follows for who reads the record
 * @param label what happens, for people: {@code scale pyapp to 8}
 * @param commands a person would type for it; may be empty
 * @param action acts on the ports and waits for nothing; throws {@link
 *     io.rolloutlab.testbed.StepFailedException} when it cannot be done
 */
public record Deed(
    String target, Event.Effect effect, String label, List<String> commands, Runnable action) {
  public Deed {
    commands = List.copyOf(commands);
  }
}
