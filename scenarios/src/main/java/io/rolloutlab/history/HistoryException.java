package io.rolloutlab.history;

/** A history could not be written or read. The message names the file and what to do. */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
