package io.rolloutlab.scenario.check;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.Supplier;

/**
 * Marks the component of a record, a map, that holds what stands in the record's block under keys
 * that are no components of it. The keys are learnt from outside; every other one is refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OtherKeys {
  /** Says which keys there are; made anew for each block, by a constructor without parameters. */
  Class<? extends Supplier<List<String>>> value();

  /** What is added to a complaint where there are none, a clause. */
  String whereNone();
}
