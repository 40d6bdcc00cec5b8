package io.rolloutlab.twin.edge;

import java.util.Iterator;
import java.util.Optional;

/** Where one worker of the edge sends requests, by the routes it was started with. */
public interface Upstreams {
  /** The tries for a request, in order, each worked out when it is asked for. */
  Iterator<Attempt> attempts(UserRequest request);

  /** The one try for the copy of a request; absent when none is made, or nobody has the name. */
  Optional<Attempt> mirror();
}
