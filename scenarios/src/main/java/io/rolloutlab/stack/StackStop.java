package io.rolloutlab.stack;

import java.time.Duration;

/**
 * How a task is stopped.
 *
 * @param grace between the stop signal and the kill, default 10 s
 * @param signal empty where the image's holds, or SIGTERM
 */
public record StackStop(FileValue<Duration> grace, FileValue<String> signal) {}
