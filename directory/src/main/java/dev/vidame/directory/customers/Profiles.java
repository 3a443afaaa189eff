package dev.vidame.directory.customers;

import dev.vidame.directory.journal.FieldChange;
import dev.vidame.wire.BillingProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a customer beside its name and domain.
 *
 * @param billingVersion the place in the customer's journal of the billing profile's last change
 * @param billing whom bills go to, without id and tag
 * @param company who it is
 */
record Profiles(long billingVersion, BillingProfile billing, Company company) {
  /** A customer's first row, which creates it. */
  static final long CREATION = 1;

  static final String BILLING = "billingProfile.";
  private static final String COMPANY = "companyProfile.";

  /** What there is of a customer that came without a profile. */
  static Profiles unknown(String companyName) {
    return new Profiles(
        CREATION,
        BillingField.profile(field -> field == BillingField.COMPANY_NAME ? companyName : null),
        Company.UNKNOWN);
  }

  /** Everything that is known, as the journal names it. */
  List<FieldChange> asChanges() {
    List<FieldChange> changes = new ArrayList<>();
    for (BillingField field : BillingField.values()) {
      add(changes, BILLING + field.path(), null, field.of(billing));
    }
    for (CompanyField field : CompanyField.values()) {
      add(changes, COMPANY + field.path(), null, field.of(company));
    }
    return changes;
  }

  /** What another billing profile changes. */
  List<FieldChange> changesTo(BillingProfile other) {
    List<FieldChange> changes = new ArrayList<>();
    for (BillingField field : BillingField.values()) {
      add(changes, BILLING + field.path(), field.of(billing), field.of(other));
    }
    return changes;
  }

  /** What was there at an earlier place of the journal, by the changes since, newest first. */
  Profiles before(List<FieldChange> changes, long version) {
    Map<String, @Nullable String> earlier = new HashMap<>();
    changes.forEach(change -> earlier.put(change.field(), change.before()));
    BillingProfile then =
        BillingField.profile(field -> {
          String name = BILLING + field.path();
          return earlier.containsKey(name) ? earlier.get(name) : field.of(billing);
        });
    return new Profiles(version, then, company);
  }

  /** What a customer was created with, by the row that created it. */
  static Profiles created(List<FieldChange> changes) {
    Map<String, @Nullable String> values = new HashMap<>();
    changes.forEach(change -> values.put(change.field(), change.after()));
    return new Profiles(
        CREATION,
        BillingField.profile(field -> values.get(BILLING + field.path())),
        CompanyField.company(field -> values.get(COMPANY + field.path())));
  }

  private static void add(
      List<FieldChange> changes, String name, @Nullable String before, @Nullable String after) {
    if (!Objects.equals(before, after)) {
      changes.add(new FieldChange(name, before, after));
    }
  }
}
