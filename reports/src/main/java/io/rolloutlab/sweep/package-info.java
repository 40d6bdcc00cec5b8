/**
 * What a sweep came to: its runs gathered by setting, the settings nothing beats, and the answer.
 * Pure: findings in, records and text out.
 */
package io.rolloutlab.sweep;
