package io.rolloutlab.edge;

import io.rolloutlab.history.Hit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A second dialect, of test sources alone, promises the same. */
class ToyDialectTest extends EdgeDialectContract {
  @Override
  protected EdgeDialect dialect() {
    return new ToyDialect();
  }

  @Override
  protected String line(Hit hit) {
    return Stream.of(
            hit.atMillis(),
            hit.id(),
            hit.client(),
            hit.status(),
            hit.latencyMillis(),
            hit.upstream(),
            hit.upstreamStatus(),
            hit.version(),
            hit.replica(),
            hit.connection(),
            hit.connectionRequest(),
            hit.worker(),
            hit.connectMillis(),
            hit.bytes(),
            "end")
        .map(String::valueOf)
        .collect(Collectors.joining(";"));
  }
}
