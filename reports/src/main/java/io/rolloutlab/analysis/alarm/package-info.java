/** What the alarm of a scenario did: when it saw the harm, and when users were served again. */
package io.rolloutlab.analysis.alarm;
