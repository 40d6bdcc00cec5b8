package io.rolloutlab.stack;

/**
 * A network, volume, config or secret of the top level.
 *
 * @param section the key that it stands under, for example {@code networks}
 * @param name by which services name it
 * @param external whether it must be there before the stack is
 */
public record StackResource(String section, String name, Place place, boolean external) {}
