package io.rolloutlab.doctor.proof;

import java.nio.file.Path;

/**
 * A real run that shows a finding, and maybe others.
 *
 * @param called what was run, for people
 * @param page of the run, absolute
 */
public record KeptRun(String called, Path page) {}
