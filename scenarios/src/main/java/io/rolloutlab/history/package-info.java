/**
 * What was seen: a run is a folder of files that are written as things happen and read back whole.
 *
 * <ul>
 *   <li>{@code manifest.json}: the conditions, {@link io.rolloutlab.history.Manifest}
 *   <li>{@code events.jsonl}: {@link io.rolloutlab.history.Event}s, one JSON object a line
 *   <li>{@code requests.csv}: the first witness, what the load process saw of each request, {@link
 *       io.rolloutlab.history.Request}
 *   <li>{@code hits.csv}: the second witness, what the edge logged, {@link
 *       io.rolloutlab.history.Hit}
 *   <li>{@code resources.csv}: {@link io.rolloutlab.history.ResourceSample}s
 * </ul>
 *
 * Times are milliseconds since 1970 (UTC) in fields that end in {@code AtMillis} or are called
 * {@code atMillis}; lengths of time end in {@code Millis}.
 */
package io.rolloutlab.history;
