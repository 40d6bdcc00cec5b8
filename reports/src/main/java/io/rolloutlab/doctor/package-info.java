/**
 * Looks at stack files before anything runs: what each will do to users while a service is rolled
 * out, where that is decided, and the one change that helps.
 */
package io.rolloutlab.doctor;
