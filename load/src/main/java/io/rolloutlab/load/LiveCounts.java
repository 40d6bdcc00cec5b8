package io.rolloutlab.load;

import java.util.Map;

/**
 * How the load is doing.
 *
 * @param sent requests so far
 * @param ok of them, served
 * @param failed of them; the others are in flight
 * @param okByVersion requests served within the second before the newest end, by the version that
 *     served them, sorted by version
 */
public record LiveCounts(long sent, long ok, long failed, Map<String, Integer> okByVersion) {}
