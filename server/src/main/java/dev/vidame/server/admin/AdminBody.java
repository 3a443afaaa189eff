package dev.vidame.server.admin;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.registration.GivenTexts;
import dev.vidame.server.registration.RedirectUris;
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
    return body.text(name).map(text -> GivenTexts.checked(name, text));
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> empty(name));
  }

  static RuntimeException empty(String name) {
    return GivenTexts.empty(name);
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
    return GivenTexts.principalName(requiredText("userPrincipalName"));
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
