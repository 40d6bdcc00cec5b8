package io.rolloutlab.scenario.edge;

/** What came of a try, after which the edge may try another task. */
public enum RetryOn {
  /** No connection, or it broke before there was an answer. */
  ERROR,
  /** Neither a connection nor an answer came in time. */
  TIMEOUT,
  /** The app answered so. */
  HTTP_500,
  HTTP_502,
  HTTP_503,
  HTTP_504
}
