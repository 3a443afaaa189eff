package dev.vidame.server.admin;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an operator sent, read strictly: each accessor refuses a bad value by its name. */
final class AdminBody {
  private static final int LONGEST_TEXT = 256;
  private static final int SHORTEST_PASSWORD = 8;

  private final JsonBody body;

  private AdminBody(JsonBody body) {
    this.body = body;
  }

  static AdminBody of(Call call) {
    return new AdminBody(JsonBody.parse(call.jsonBody()));
  }

  Optional<String> text(String name) {
    return body.text(name).map(text -> checked(name, text));
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> empty(name));
  }

  private static String checked(String name, String text) {
    if (text.isBlank()) {
      throw empty(name);
    }
    if (text.codePointCount(0, text.length()) > LONGEST_TEXT) {
      throw ApiErrors.invalidProperty(
          name, "The value is longer than %s characters.", LONGEST_TEXT);
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw ApiErrors.invalidProperty(name, "The value holds a control character.");
    }
    return text;
  }

  private static RuntimeException empty(String name) {
    return ApiErrors.invalidProperty(name, "The value is required and must not be empty.");
  }

  Optional<Boolean> bool(String name) {
    return body.bool(name);
  }

  Optional<Long> number(String name) {
    return body.number(name);
  }

  /** The id that the operator wants, or a new one. */
  UUID idOr(UUID fresh) {
    return body.text("id").map(text -> guid("id", text)).orElse(fresh);
  }

  boolean hasId() {
    return body.text("id").isPresent();
  }

  static UUID guid(String name, String text) {
    return Guid.parse(text)
        .orElseThrow(() -> ApiErrors.invalidProperty(name, "The value must be a GUID."));
  }

  Optional<Set<Role>> roles() {
    return body.texts("roles").map(AdminBody::roles);
  }

  private static Set<Role> roles(List<String> texts) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String text : texts) {
      roles.add(role(text));
    }
    return roles;
  }

  private static Role role(String text) {
    String wanted = text.replace("_", "");
    for (Role role : Role.values()) {
      if (role.name().replace("_", "").equalsIgnoreCase(wanted)) {
        return role;
      }
    }
    throw ApiErrors.unknownEnum(text);
  }

  static List<String> codes(Set<Role> roles) {
    return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }

  String principalName() {
    String name = requiredText("userPrincipalName");
    if (!name.matches("[^@\\s]{1,64}@[^@\\s]{1,48}")) {
      throw ApiErrors.invalidProperty("userPrincipalName", "The value must be name@domain.");
    }
    return name;
  }

  /** The password's text is never quoted in a refusal. */
  String password() {
    String password = body.text("password").orElseThrow(() -> empty("password"));
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_TEXT) {
      throw ApiErrors.invalidProperty(
          "password",
          "The password must have %s to %s characters.",
          SHORTEST_PASSWORD,
          LONGEST_TEXT);
    }
    return password;
  }
}
