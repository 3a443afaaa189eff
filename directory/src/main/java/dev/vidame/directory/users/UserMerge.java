package dev.vidame.directory.users;

import dev.vidame.directory.Failure;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.FieldUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges an update into an account. Pure: the same inputs give the same outcome, and nothing is
 * written.
 *
 * <p>The rules follow from what clients send. One writes every unset property as {@code null}, so
 * null keeps. Its enums cannot be unset, so an active state on an active account says nothing and
 * on a deleted one restores it. Another reads an account, changes a member and sends the whole
 * back, so a value that the account already has is never checked.
 */
final class UserMerge {
  private static final Set<UserField> REQUIRED =
      Set.of(UserField.USER_PRINCIPAL_NAME, UserField.DISPLAY_NAME);

  /** Neither may be emptied once set; everything else that is not required may. */
  private static final Set<UserField> NOT_CLEARABLE =
      Set.of(UserField.USER_PRINCIPAL_NAME, UserField.DISPLAY_NAME, UserField.USAGE_LOCATION);

  private final UserRules rules;
  private final PasswordPolicy passwords;

  UserMerge(UserPolicy policy) {
    this.rules = new UserRules(policy);
    this.passwords = new PasswordPolicy(policy);
  }

  /**
   * The account with the update in it.
   *
   * @param around what the customer adds to the rules
   * @throws dev.vidame.directory.DirectoryException with every problem of the update
   */
  UserDraft update(User current, CustomerUserUpdate update, Surroundings around) {
    List<Problem> problems = new ArrayList<>();
    if (update.id() != null && !update.id().equalsIgnoreCase(current.id().toString())) {
      problems.add(Problem.of("id", Rule.ID_DIFFERS));
    }
    UserDraft draft = new UserDraft(current);
    mergeFields(draft, update, around.domain(), problems);
    mergePassword(draft, update.passwordProfile(), around.passwords(), problems);
    mergeState(draft, current, update.state(), problems);
    return orThrow(draft, problems);
  }

  /**
   * A new account out of what the caller gave; the name, the display name and a password are
   * required.
   */
  UserDraft create(User blank, CustomerUserUpdate properties, Surroundings around) {
    List<Problem> problems = new ArrayList<>();
    UserDraft draft = new UserDraft(blank);
    mergeFields(draft, properties, around.domain(), problems);
    for (UserField field : UserField.values()) {
      if (REQUIRED.contains(field) && field.in(properties) instanceof FieldUpdate.Keep<String>) {
        problems.add(Problem.of(field.wireName(), Rule.REQUIRED));
      }
    }
    PasswordProfile profile = properties.passwordProfile();
    if (profile == null || profile.password() == null) {
      problems.add(Problem.of("passwordProfile.password", Rule.REQUIRED));
    }
    mergePassword(draft, profile, around.passwords(), problems);
    return orThrow(draft, problems);
  }

  private static UserDraft orThrow(UserDraft draft, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Failure.Invalid(problems).asException();
    }
    return draft;
  }

  private void mergeFields(
      UserDraft draft,
      CustomerUserUpdate update,
      @Nullable DomainStanding domain,
      List<Problem> problems) {
    for (UserField field : UserField.values()) {
      switch (field.in(update)) {
        case FieldUpdate.Keep<String> keep -> {}
        case FieldUpdate.Clear<String> clear -> clear(draft, field, problems);
        case FieldUpdate.Set<String> set -> set(draft, field, set.value(), domain, problems);
      }
    }
  }

  private static void clear(UserDraft draft, UserField field, List<Problem> problems) {
    if (NOT_CLEARABLE.contains(field)) {
      problems.add(Problem.of(field.wireName(), Rule.REQUIRED));
    } else {
      draft.set(field, null);
    }
  }

  private void set(
      UserDraft draft,
      UserField field,
      String given,
      @Nullable DomainStanding domain,
      List<Problem> problems) {
    String value = rules.normalise(field, given);
    if (value.equals(draft.get(field))) {
      return;
    }
    int before = problems.size();
    rules.check(field, value, problems);
    if (field == UserField.USER_PRINCIPAL_NAME && problems.size() == before) {
      checkDomain(value, domain, problems);
    }
    draft.set(field, value);
  }

  private static void checkDomain(
      String name, @Nullable DomainStanding domain, List<Problem> problems) {
    String text = name.substring(name.indexOf('@') + 1);
    if (domain == null || domain == DomainStanding.FOREIGN) {
      problems.add(
          Problem.of(UserField.USER_PRINCIPAL_NAME.wireName(), Rule.DOMAIN_NOT_VERIFIED, text));
    } else if (domain == DomainStanding.FEDERATED) {
      problems.add(
          Problem.of(UserField.USER_PRINCIPAL_NAME.wireName(), Rule.DOMAIN_FEDERATED, text));
    }
  }

  private void mergePassword(
      UserDraft draft,
      @Nullable PasswordProfile profile,
      PasswordStandard standard,
      List<Problem> problems) {
    if (profile == null) {
      return;
    }
    Boolean mustChange = profile.forceChangePassword();
    if (profile.password() != null) {
      String name = draft.get(UserField.USER_PRINCIPAL_NAME);
      passwords.check(standard, profile.password(), name == null ? "" : name, problems);
      draft.setPassword(mustChange == null || mustChange);
    } else if (mustChange != null) {
      draft.forceChangePassword(mustChange);
    }
  }

  private static void mergeState(
      UserDraft draft, User current, @Nullable UserState state, List<Problem> problems) {
    if (!current.isDeleted()) {
      if (state == UserState.INACTIVE) {
        problems.add(Problem.of("state", Rule.STATE_NOT_SETTABLE));
      }
    } else if (state == UserState.ACTIVE) {
      draft.restore();
    } else if (!draft.changes().isEmpty()) {
      problems.add(Problem.of("state", Rule.USER_DELETED));
    }
  }
}
