/**
 * History → findings. Pure: no Docker, no files, no clock; the same history gives equal findings.
 *
 * <p>{@link io.rolloutlab.analysis.Analysis#analyse} makes the {@link
 * io.rolloutlab.analysis.Findings} of one run; {@link io.rolloutlab.compare.Claims}, {@link
 * io.rolloutlab.compare.Comparison} and {@link io.rolloutlab.compare.AgainstBaseline} read several
 * runs side by side.
 *
 * <ul>
 *   <li>Every moment is in milliseconds after x = 0, negative before it, in a field called {@code
 *       atMillis} or ending in {@code Millis}; x = 0 is the start of the first rollout, in a
 *       baseline the start of its hold. Only names that say so hold milliseconds since 1970.
 *   <li>Per-second lists have one element for every second of the load, without holes, in order;
 *       second s covers [s·1000, s·1000 + 1000) ms, so second −1 is the last one before x = 0.
 *   <li>A request belongs to the second and to the phase in which it was <em>sent</em>. An answer
 *       happens when it <em>ended</em>.
 *   <li>A request that the load tool resent without telling counts as failed, class {@link
 *       io.rolloutlab.analysis.requests.Errors#DROPPED_RESENT}, in every number.
 *   <li>Shares are from 0 to 1.
 * </ul>
 */
package io.rolloutlab.analysis;
