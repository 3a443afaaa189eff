package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.texts.Text;
import java.util.Locale;

/** Says in words what roles let agents do. Their names are the same in every language. */
final class RoleTexts {
  private RoleTexts() {}

  static String code(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  static Text of(Role role) {
    return switch (role) {
      case ADMIN_AGENT -> Text.of("everything on every customer, and the partner's own people");
      case HELPDESK_AGENT ->
          Text.of("reads accounts, and resets passwords of those without a directory role");
      case SALES_AGENT -> Text.of("reads, and creates customers");
      case USER_MANAGEMENT_ADMIN -> Text.of("nothing on this server");
      case BILLING_ADMIN -> Text.of("nothing on this server");
    };
  }

  static Text of(GranularRole role) {
    return switch (role) {
      case USER_ADMINISTRATOR -> Text.of("manages accounts");
      case DIRECTORY_WRITERS -> Text.of("creates and changes accounts and their licences");
      case DIRECTORY_READERS -> Text.of("reads accounts, directory roles and licences");
      case GLOBAL_READER -> Text.of("reads what an administrator could");
      case PRIVILEGED_AUTHENTICATION_ADMINISTRATOR -> Text.of("sets the password of any account");
      case PRIVILEGED_ROLE_ADMINISTRATOR -> Text.of("gives and takes directory roles");
      case LICENSE_ADMINISTRATOR -> Text.of("assigns licences");
    };
  }
}
