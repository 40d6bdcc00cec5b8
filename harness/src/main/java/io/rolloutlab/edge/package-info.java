/**
 * What stands in front of the app, apart from how it is reached: an {@link
 * io.rolloutlab.edge.EdgeDialect} writes routes in the words of one kind of proxy, reads its log,
 * and says how it behaves. The port {@code testbed.Edge} is kept with it by both testbeds; the
 * kinds are in packages of their own beneath, which nobody names.
 */
package io.rolloutlab.edge;
