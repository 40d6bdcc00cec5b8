package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.model.Task;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Where one worker of the edge sends requests, by the routes it was started with. */
public interface Upstreams {
  /** The tries for a request, in order, each worked out when it is asked for. */
  Iterator<Attempt> attempts(UserRequest request);

  /** The one try for the copy of a request; absent when none is made, or nobody has the name. */
  Optional<Attempt> mirror();

  /** The tasks that the worker takes to be behind a name now; empty when it knows nobody. */
  List<Task> behind(String service);
}
