/**
 * The users: a Gatling of its own process sends requests at a constant rate and records what
 * becomes of each.
 *
 * <p>Where the plan lists requests, each one is drawn from them by weight ({@link
 * io.rolloutlab.scenario.requests.RequestDraw}), and its answer is judged by what its entry calls
 * good, here, where the whole answer is; the recording holds its name and what was wrong. After a
 * good answer of a page that names assets the same user asks for them, one after the other, by
 * paths that carry the version that answered the page; each is a request of its own, has the page's
 * id as its visit, and no place in the schedule of arrivals.
 *
 * <p>The parent's side is {@link io.rolloutlab.load.LoadProcess}; the child's side is {@link
 * io.rolloutlab.load.LoadMain}. They share a folder:
 *
 * <ul>
 *   <li>{@code job.json}: what to do, written by the parent; the child masks the secrets in it
 *   <li>{@code recording.tsv}: every request when it is sent and when it ends, written at once by
 *       the child, see {@link io.rolloutlab.load.RecordingLine}
 *   <li>{@code gatling/…/simulation.log}: Gatling's own log, the only place that names the cause of
 *       an error; it is written 8 KiB at a time
 *   <li>{@code load.log}, {@code load.err}: what Gatling and the JVM have to say
 *   <li>{@code prefs/}, {@code hosts}: preferences and an empty table of host names that keep
 *       Gatling from asking for a newer version
 * </ul>
 *
 * <p>Known limits:
 *
 * <ul>
 *   <li>When a reused connection closes within a request, even in the middle of the answer, Gatling
 *       sends the request again on a new one, silently and once, a POST as well: the user sees one
 *       good request, the server two with the same id. Only the second witness (the edge's log) can
 *       tell.
 *   <li>When the child is killed, failures of the last 8 KiB of {@code simulation.log} (some 150
 *       requests) are known as failures, but their class is {@code other}.
 *   <li>In its first seconds Gatling is cold: requests are sent some 100 ms late and take as much
 *       longer. The plan's warm-up is for that.
 *   <li>Gatling keeps the name of every request in memory: some two million requests fit.
 * </ul>
 */
package io.rolloutlab.load;
