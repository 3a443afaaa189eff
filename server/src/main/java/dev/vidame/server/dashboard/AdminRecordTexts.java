package dev.vidame.server.dashboard;

import dev.vidame.directory.audit.AuditEntry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.server.texts.Text;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what a partner's admin agents did to its people and applications. What operators
 * did to them is not told.
 */
final class AdminRecordTexts {
  private static final String ROLE = "granularRole:";

  private AdminRecordTexts() {}

  /** What was done; empty for what is not done on pages. */
  static Optional<Text> done(Operation operation) {
    return Optional.ofNullable(
        switch (operation) {
          case CREATE_AGENT -> Text.of("Agent created");
          case UPDATE_AGENT -> Text.of("Agent changed");
          case REMOVE_FACTOR -> Text.of("Second factor removed");
          case GIVE_ROLE -> Text.of("Role on a customer given to an agent");
          case TAKE_ROLE -> Text.of("Role on a customer taken from an agent");
          case CREATE_APPLICATION -> Text.of("Application registered");
          case UPDATE_APPLICATION -> Text.of("Application changed");
          case ADD_SECRET -> Text.of("Secret added to an application");
          case REMOVE_SECRET -> Text.of("Secret removed from an application");
          case REMOVE_APPLICATION_KEY -> Text.of("Key removed from an application");
          default -> null;
        });
  }

  /** Whether it was done by somebody at a page, or by a program of the partner's. */
  static boolean isTold(AuditEntry entry, Operation operation) {
    return entry.who().agent() != null && done(operation).isPresent();
  }

  /** The page of what it was about; null for none. */
  static @Nullable String path(Operation operation, UUID subject) {
    return switch (operation) {
      case CREATE_AGENT, UPDATE_AGENT, REMOVE_FACTOR, GIVE_ROLE, TAKE_ROLE ->
          AgentListPages.AGENTS + "/" + subject;
      case CREATE_APPLICATION, UPDATE_APPLICATION ->
          ApplicationListPages.APPLICATIONS + "/" + subject;
      default -> null;
    };
  }

  /** What people call a property of an agent or an application; null for any other. */
  static @Nullable Text field(String name) {
    if (name.startsWith(ROLE)) {
      return Text.of("Role %s", name.substring(ROLE.length()));
    }
    return switch (name) {
      case "roles" -> Text.of("Roles");
      case "disabled" -> Text.of("Disabled");
      case "secondFactor" -> Text.of("Second factor");
      case "pendingSecondFactor" -> Text.of("Second factor without its first code");
      case "name" -> Text.of("Name");
      case "public" -> Text.of("Public");
      case "redirectUris" -> Text.of("Addresses");
      case "secret" -> Text.of("Secret");
      case "application" -> Text.of("Application");
      default -> null;
    };
  }

  /** A property of those before a change, or after it; null for any other. */
  static @Nullable Text value(FieldChange change, @Nullable String value) {
    return switch (change.field()) {
      case "disabled", "public" -> "true".equals(value) ? Text.of("yes") : Text.of("no");
      case "secondFactor", "pendingSecondFactor" -> value == null ? Text.of("no") : Text.of("yes");
      default -> null;
    };
  }
}
