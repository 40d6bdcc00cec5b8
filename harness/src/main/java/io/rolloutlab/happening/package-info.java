/**
 * What happens beside a rollout, since a scenario asks for it: one class a kind, with its settings
 * and what it does on the ports. A kind is found by its name in META-INF/services; no other class
 * knows it.
 */
package io.rolloutlab.happening;
