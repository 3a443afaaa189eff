package dev.vidame.directory.users;

import java.util.Arrays;
import java.util.List;

/**
 * A property that breaks a rule.
 *
 * @param property the property's name on the wire
 * @param rule which rule
 * @param arguments what the rule's text needs to be exact
 */
public record Problem(String property, Rule rule, List<String> arguments) {

  /** Copies the arguments. */
  public Problem {
    arguments = List.copyOf(arguments);
  }

  /** A problem whose text takes these arguments. */
  public static Problem of(String property, Rule rule, Object... arguments) {
    return new Problem(property, rule, Arrays.stream(arguments).map(String::valueOf).toList());
  }
}
