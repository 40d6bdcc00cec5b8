/**
 * Whether simulated runs of a service show what the doctor says of it: without the change that he
 * speaks of, and with it.
 */
package io.rolloutlab.doctor.proof;
