package dev.vidame.directory.customers;

import org.jspecify.annotations.Nullable;

/**
 * A text property of a profile.
 *
 * @param <P> the profile
 */
interface ProfileField<P> {
  /** Its name on the wire, behind those of the objects around it. */
  String path();

  /** Where it is stored. */
  String column();

  /** Its value. */
  @Nullable String of(P profile);
}
