package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.server.dashboard.Notice.Sentence;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.texts.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a form about an agent or an application, by the name of the field. Used by one
 * thread.
 */
final class Faults {
  private final Map<String, Text> byField = new LinkedHashMap<>();

  /** None yet. */
  static Faults none() {
    return new Faults();
  }

  /**
   * What the directory says is wrong, where the reader can mend it.
   *
   * @throws DirectoryException where it cannot be mended on the page
   */
  static Faults of(DirectoryException e) {
    Faults faults = new Faults();
    switch (e.failure()) {
      case Failure.Invalid invalid ->
          invalid
              .problems()
              .forEach(problem -> faults.add(problem.property(), ApiErrors.text(problem)));
      case Failure.Conflict(String property) ->
          faults.add(property, Text.of("Somebody else has this name already."));
      default -> throw e;
    }
    return faults;
  }

  Faults add(String field, Text text) {
    byField.putIfAbsent(field, text);
    return this;
  }

  Faults add(String field, Optional<Text> fault) {
    fault.ifPresent(text -> add(field, text));
    return this;
  }

  boolean isEmpty() {
    return byField.isEmpty();
  }

  Optional<Text> of(String field) {
    return Optional.ofNullable(byField.get(field));
  }

  /** The same for the top of the page. */
  Notice notice() {
    return Notice.fault(
        byField.entrySet().stream()
            .map(fault ->
                new Sentence(
                    null,
                    label(fault.getKey())
                        .map(label -> fault.getValue().behind(label))
                        .orElse(fault.getValue())))
            .toList());
  }

  /** What stands before the sentence; empty where it says by itself what it is about. */
  private static Optional<Text> label(String field) {
    return Optional.ofNullable(
        switch (field) {
          case "userPrincipalName" -> Text.of("User name:");
          case "displayName" -> Text.of("Display name:");
          case "name" -> Text.of("Name:");
          case "redirectUris" -> Text.of("Addresses:");
          case "customer" -> Text.of("Customer:");
          case "endsAt" -> Text.of("Last day:");
          case "agent" -> Text.of("Agent:");
          default -> null;
        });
  }
}
