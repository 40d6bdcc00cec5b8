/** The command line: the only part of the harness that knows the reports. */
package io.rolloutlab.app;
