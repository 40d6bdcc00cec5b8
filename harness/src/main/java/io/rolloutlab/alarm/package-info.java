/**
 * The alarm that an operator has: it sees what the edge logs, and has a rollout called back. It
 * knows no strategy, and no strategy knows it; both testbeds feed it through one port.
 */
package io.rolloutlab.alarm;
