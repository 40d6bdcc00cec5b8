/**
 * Which version answered whom and when: the mix, the ways there and back, and the shares that a
 * canary was given.
 */
package io.rolloutlab.analysis.versions;
