package dev.vidame.server.http;

import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.texts.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which roles would have sufficed, in one sentence for each kind. Role names are not words.
 */
public final class SufficientRoleTexts {
  private SufficientRoleTexts() {}

  /** The sentences; none where no role would do. */
  public static List<Text> of(SufficientRoles roles) {
    List<Text> texts = new ArrayList<>(3);
    if (!roles.ofPartner().isEmpty()) {
      texts.add(Text.of("Roles of the partner that suffice: %s.", joined(roles.ofPartner())));
    }
    if (!roles.onCustomer().isEmpty()) {
      texts.add(Text.of("Roles on the customer that suffice: %s.", joined(roles.onCustomer())));
    }
    if (!roles.forPart().isEmpty()) {
      texts.add(Text.of("Roles that suffice for a part of it: %s.", joined(roles.forPart())));
    }
    return texts;
  }

  private static String joined(List<String> names) {
    return String.join(", ", names);
  }
}
