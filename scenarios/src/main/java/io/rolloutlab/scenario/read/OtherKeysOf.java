package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.OtherKeys;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;

/**
 * The keys that a record takes besides its components.
 *
 * @param index of the component that holds them; −1 where the record takes none
 * @param type of that component; null where the record takes none
 * @param keys all that are known
 * @param none what a complaint says where a record would take some and none is known; else empty
 */
record OtherKeysOf(int index, Type type, List<String> keys, String none) {
  static OtherKeysOf of(RecordComponent... components) {
    for (int i = 0; i < components.length; i++) {
      OtherKeys marked = components[i].getAnnotation(OtherKeys.class);
      if (marked != null) {
        List<String> keys = learnt(marked);
        return new OtherKeysOf(
            i,
            components[i].getGenericType(),
            keys,
            keys.isEmpty() ? "; " + marked.whereNone() : "");
      }
    }
    return new OtherKeysOf(-1, null, List.of(), "");
  }

  private static List<String> learnt(OtherKeys marked) {
    try {
      return marked.value().getConstructor().newInstance().get();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
