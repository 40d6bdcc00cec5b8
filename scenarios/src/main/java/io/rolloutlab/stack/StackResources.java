package io.rolloutlab.stack;

import java.math.BigDecimal;

/**
 * What a task may take, and what a node must have free for it.
 *
 * @param limitCpus cores, 0: no limit
 * @param limitBytes memory, 0: no limit
 * @param reservedCpus cores, 0: nothing is reserved
 * @param reservedBytes memory, 0: nothing is reserved
 */
public record StackResources(
    FileValue<BigDecimal> limitCpus,
    FileValue<Long> limitBytes,
    FileValue<BigDecimal> reservedCpus,
    FileValue<Long> reservedBytes) {}
