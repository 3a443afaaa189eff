package dev.vidame.server.admin;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
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

  private final JsonBody body;
  private final byte[] bytes;

  private AdminBody(JsonBody body, byte[] bytes) {
    this.body = body;
    this.bytes = bytes;
  }

  static AdminBody of(Call call) {
    byte[] bytes = call.jsonBody();
    return new AdminBody(JsonBody.parse(bytes), bytes);
  }

  /** The call as the journal remembers it. */
  ChangeRequest request(Call call, PartnerId partner) {
    return call.operatorRequest(partner, bytes);
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

  static RuntimeException empty(String name) {
    return ApiErrors.invalidProperty(name, "The value is required and must not be empty.");
  }

  Optional<Boolean> bool(String name) {
    return body.bool(name);
  }

  Optional<List<String>> redirectUris() {
    return body.texts("redirectUris").map(RedirectUris::checked);
  }

  /** The id that the operator wants, or a new one. */
  UUID idOr(UUID fresh) {
    return body.text("id").map(text -> guid("id", text)).orElse(fresh);
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
      roles.add(Role.of(text).orElseThrow(() -> ApiErrors.unknownEnum(text)));
    }
    return roles;
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

  /** The rules of passwords are the directory's; the text is never quoted in a refusal. */
  String password() {
    return body.text("password").orElseThrow(() -> empty("password"));
  }

  /** The whole of it. */
  JsonBody json() {
    return body;
  }
}
