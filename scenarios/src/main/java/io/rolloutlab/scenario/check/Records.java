package io.rolloutlab.scenario.check;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records by their components, whichever they are. */
public final class Records {
  private Records() {}

  /**
   * Makes a record.
   *
   * @param values of its components, in their order; null where there is none
   * @throws InvalidValueException when it refuses one of them
   */
  public static <T> T made(Class<T> type, Object... values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof InvalidValueException bad) {
        throw bad;
      }
      throw new IllegalStateException(type + " refuses what it does not name", refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The value of one of its components; the record need not be public. */
  public static Object value(RecordComponent component, Object instance) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(instance);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
