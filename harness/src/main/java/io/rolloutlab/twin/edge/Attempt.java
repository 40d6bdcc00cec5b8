package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.model.Task;

/**
 * A try of nginx to get an answer.
 *
 * @param address as nginx logs it
 * @param task that is connected to; null when there is none behind the address
 * @param failed is told when it was in vain
 */
record Attempt(String address, Task task, Runnable failed) {}
