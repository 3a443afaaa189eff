package dev.vidame.server.dashboard;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.License;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.SubscribedSku;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Does to one account of a selection what is to be done to all, by the operations that pages of
 * single accounts use. Used by one thread. What is so already is left alone: assigning a licence
 * that is held, for one, would give it all of its parts.
 */
final class SelectedWork {
  /** What fields begin with that say which parts of a product an account shall not have. */
  static final String WITHOUT = "without.";

  private final Desk desk;
  private final Form form;
  private final Map<String, String> takenParts = new HashMap<>();

  SelectedWork(Desk desk, Form form) {
    this.desk = desk;
    this.form = form;
  }

  /**
   * What became of an account.
   *
   * @param isDone whether anything was to be done
   * @param notes what else there is to say
   */
  record Became(boolean isDone, List<Text> notes) {
    static final Became DONE = new Became(true, List.of());
    static final Became NOTHING = new Became(false, List.of());

    Became {
      notes = List.copyOf(notes);
    }
  }

  /** What is done to each account. */
  @FunctionalInterface
  interface Step {
    /**
     * Does it.
     *
     * @throws dev.vidame.directory.DirectoryException when it is refused
     */
    Became run(Call account, User before, AccessDecision decision);
  }

  Became delete(Call account, User before, AccessDecision decision) {
    if (before.isDeleted()) {
      return Became.NOTHING;
    }
    var _ =
        desk.directory()
            .users()
            .delete(
                before.customer(),
                ref(before),
                desk.caps()
                    .count(MassCaps.Kind.DELETION, account, form.changeRequest(before.id())));
    return Became.DONE;
  }

  Became restore(Call account, User before, AccessDecision decision) {
    if (!before.isDeleted()) {
      return Became.NOTHING;
    }
    Users users = desk.directory().users();
    CustomerUserUpdate back = CustomerUserUpdate.builder().restore().build();
    ChangeRequest request =
        desk.caps().count(MassCaps.Kind.RESTORATION, account, form.changeRequest(before.id()));
    CustomerId customer = before.customer();
    Users.Outcome outcome =
        decision instanceof AccessDecision.AllowWithin(UpdateReach reach)
            ? users.updateWithin(reach, customer, ref(before), back, new EntityTag.Any(), request)
            : users.update(customer, ref(before), back, new EntityTag.Any(), request);
    return new Became(true, lostLicenses(outcome.user()));
  }

  /** The row that brought an account back says which licences found no unit left. */
  private List<Text> lostLicenses(User restored) {
    String lost =
        desk.directory().journal(restored.customer(), restored.version() - 1, 1).stream()
            .filter(row -> row.subject().equals(restored.id().value()))
            .flatMap(row -> row.changes().stream())
            .filter(change -> change.field().startsWith(Holdings.LICENSE))
            .map(change -> name(restored, change.field().substring(Holdings.LICENSE.length())))
            .collect(Collectors.joining(", "));
    return lost.isEmpty()
        ? List.of()
        : List.of(Text.of("No unit was left for these licences: %s", lost));
  }

  private String name(User user, String sku) {
    return desk.directory()
        .skus()
        .get(user.customer(), sku)
        .map(known -> known.product().name())
        .orElse(sku);
  }

  Step assign(SubscribedSku sku) {
    String id = sku.product().id();
    return (account, before, decision) -> {
      requireInUse(before);
      if (held(before, id).isPresent()) {
        return Became.NOTHING;
      }
      List<String> without =
          Arrays.stream(form.field(WITHOUT + before.id()).split(",", -1))
              .filter(plan -> !plan.isEmpty())
              .toList();
      update(
          before, new LicenseUpdate(List.of(new LicenseUpdate.Assignment(id, without)), List.of()));
      return Became.DONE;
    };
  }

  Step remove(SubscribedSku sku) {
    String id = sku.product().id();
    return (account, before, decision) -> {
      requireInUse(before);
      Optional<License> held = held(before, id);
      if (held.isEmpty()) {
        return Became.NOTHING;
      }
      update(before, new LicenseUpdate(List.of(), List.of(id)));
      String parts =
          held.get().excludedPlans().stream()
              .map(UUID::toString)
              .sorted()
              .collect(Collectors.joining(","));
      if (!parts.isEmpty()) {
        takenParts.put(WITHOUT + before.id(), parts);
      }
      return Became.DONE;
    };
  }

  /** Which parts accounts did not have of the licences that were removed, as fields of a form. */
  Map<String, String> takenParts() {
    return takenParts;
  }

  Step addRole(DirectoryRole role) {
    return (account, before, decision) -> {
      requireInUse(before);
      if (desk.directory().roles().of(before.customer(), ref(before)).contains(role)) {
        return Became.NOTHING;
      }
      var _ =
          desk.directory()
              .roles()
              .add(before.customer(), role, ref(before), form.changeRequest(before.id()));
      return Became.DONE;
    };
  }

  Step removeRole(DirectoryRole role) {
    return (account, before, decision) -> {
      requireInUse(before);
      if (!desk.directory().roles().of(before.customer(), ref(before)).contains(role)) {
        return Became.NOTHING;
      }
      var _ =
          desk.directory()
              .roles()
              .remove(before.customer(), role, ref(before), form.changeRequest(before.id()));
      return Became.DONE;
    };
  }

  private Optional<License> held(User user, String sku) {
    return desk.directory().licenses().of(user.customer(), ref(user), UserPages.ALL_GROUPS).stream()
        .filter(license -> license.product().id().equals(sku))
        .findFirst();
  }

  private void update(User user, LicenseUpdate update) {
    var _ =
        desk.directory()
            .licenses()
            .update(user.customer(), ref(user), update, form.changeRequest(user.id()));
  }

  private static void requireInUse(User user) {
    if (user.isDeleted()) {
      throw new Failure.Invalid(List.of(Problem.of("state", Rule.USER_DELETED))).asException();
    }
  }

  private static UserRef ref(User user) {
    return new UserRef.ById(user.id());
  }
}
