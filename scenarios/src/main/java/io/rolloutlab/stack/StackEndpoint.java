package io.rolloutlab.stack;

/** What a service's name leads to. */
public enum StackEndpoint {
  /** One virtual address. */
  VIP,
  /** The addresses of its tasks, by DNS. */
  DNSRR
}
