/**
 * The command line, {@link io.rolloutlab.app.Lab} and its commands: the only part of the harness
 * that knows the reports.
 */
package io.rolloutlab.app;
