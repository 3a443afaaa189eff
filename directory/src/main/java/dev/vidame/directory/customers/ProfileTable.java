package dev.vidame.directory.customers;

import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements over profiles. Each names the customer first. */
final class ProfileTable {
  private static final BillingField[] BILLING = BillingField.values();
  private static final CompanyField[] COMPANY = CompanyField.values();

  private static final String BILLING_COLUMNS = columns(BILLING, "%s");
  private static final String COMPANY_COLUMNS = columns(COMPANY, "%s");

  private static final String FIND =
      "select billing_version, "
          + BILLING_COLUMNS
          + ", "
          + COMPANY_COLUMNS
          + " from customer_profiles where customer_id = ?";

  private static final String INSERT =
      "insert into customer_profiles (customer_id, billing_version, "
          + BILLING_COLUMNS
          + ", "
          + COMPANY_COLUMNS
          + ") values (?,?"
          + ",?".repeat(BILLING.length + COMPANY.length)
          + ")";

  private static final String SET_BILLING =
      "insert into customer_profiles (customer_id, billing_version, "
          + BILLING_COLUMNS
          + ") values (?,?"
          + ",?".repeat(BILLING.length)
          + ") on conflict (customer_id) do update set billing_version = excluded.billing_version, "
          + columns(BILLING, "%1$s = excluded.%1$s");

  private ProfileTable() {}

  private static String columns(ProfileField<?>[] fields, String form) {
    return Arrays.stream(fields)
        .map(field -> form.formatted(field.column()))
        .collect(Collectors.joining(", "));
  }

  static Optional<Profiles> find(Session session, CustomerId customer) throws SQLException {
    return session.one(FIND, arguments -> arguments.uuid(customer.value()), ProfileTable::profiles);
  }

  private static Profiles profiles(Row row) throws SQLException {
    Map<ProfileField<?>, @Nullable String> texts = new HashMap<>();
    int column = 1;
    for (BillingField field : BILLING) {
      texts.put(field, row.optionalText(++column));
    }
    for (CompanyField field : COMPANY) {
      texts.put(field, row.optionalText(++column));
    }
    return new Profiles(
        row.number(1), BillingField.profile(texts::get), CompanyField.company(texts::get));
  }

  static void insert(Session session, CustomerId customer, Profiles profiles) throws SQLException {
    session.update(
        INSERT,
        arguments -> {
          arguments.uuid(customer.value()).number(profiles.billingVersion());
          bind(arguments, BILLING, profiles.billing());
          bind(arguments, COMPANY, profiles.company());
        });
  }

  static void setBilling(Session session, CustomerId customer, BillingProfile profile, long version)
      throws SQLException {
    session.update(
        SET_BILLING,
        arguments -> {
          arguments.uuid(customer.value()).number(version);
          bind(arguments, BILLING, profile);
        });
  }

  private static <P> void bind(Arguments arguments, ProfileField<P>[] fields, P profile)
      throws SQLException {
    for (ProfileField<P> field : fields) {
      arguments.text(field.of(profile));
    }
  }
}
