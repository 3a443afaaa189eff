package dev.vidame.directory.users;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes the account that a new customer begins with. Thread-safe. */
public final class FirstAccount {
  /** What stands before the {@code @} of the sign-in name. */
  public static final String NAME = "admin";

  private static final String DISPLAY_NAME = "Administrator";
  private static final int PASSWORD_LENGTH = 16;

  /** Without characters that look alike when they are read from a screen. */
  private static final String PASSWORD_CHARACTERS =
      "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%*+-=?@_";

  private final Journal journal;
  private final PasswordHasher hasher;
  private final PasswordPolicy passwords;
  private final PartnerPasswords standards;
  private final RandomGenerator random;

  /**
   * A maker of accounts.
   *
   * @param random a source that nobody can predict, because passwords come from it
   */
  public FirstAccount(
      Journal journal, PasswordHasher hasher, UserPolicy policy, RandomGenerator random) {
    this.journal = journal;
    this.hasher = hasher;
    this.passwords = new PasswordPolicy(policy);
    this.standards = new PartnerPasswords(policy.passwords());
    this.random = random;
  }

  /**
   * An account that is about to be made.
   *
   * @param id the account
   * @param userPrincipalName how it signs in
   * @param password the clear text, for its owner alone
   * @param passwordHash what is stored of it
   */
  public record Prepared(
      UserId id, String userPrincipalName, String password, String passwordHash) {
    /** Shows neither the password nor its hash. */
    @Override
    public String toString() {
      return "Prepared[" + userPrincipalName + "]";
    }
  }

  /** Which passwords are good for the accounts of a customer that this partner creates. */
  public PasswordStandard standard(Session session, PartnerId creator) throws SQLException {
    return standards.ofPartner(session, creator);
  }

  /**
   * Chooses a password and hashes it, which takes long: to be done before the transaction.
   *
   * @param standard what the password must meet
   * @throws dev.vidame.directory.DirectoryException when too many wait for a hash already
   */
  public Prepared prepare(String domain, PasswordStandard standard) {
    String name = NAME + "@" + domain;
    String password = password(name, standard);
    return new Prepared(new UserId(randomId()), name, password, hasher.hash(password));
  }

  private String password(String userPrincipalName, PasswordStandard standard) {
    while (true) {
      StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
      for (int i = 0; i < PASSWORD_LENGTH; i++) {
        password.append(PASSWORD_CHARACTERS.charAt(random.nextInt(PASSWORD_CHARACTERS.length())));
      }
      List<Problem> problems = new ArrayList<>();
      passwords.check(standard, password.toString(), userPrincipalName, problems);
      if (problems.isEmpty()) {
        return password.toString();
      }
    }
  }

  private UUID randomId() {
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant2 = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(version4, variant2);
  }

  /** Stores the account of a customer that is being created, with its row of the journal. */
  public Entry create(Session session, CustomerId customer, Prepared account, ChangeRequest request)
      throws SQLException {
    UserDraft draft =
        new UserDraft(
            new User(customer, account.id(), 0, "", "", null, null, null, null, null, false, null));
    draft.set(UserField.USER_PRINCIPAL_NAME, account.userPrincipalName());
    draft.set(UserField.DISPLAY_NAME, DISPLAY_NAME);
    draft.setPassword(true);
    Entry entry =
        journal.append(
            session,
            customer,
            new Journal.Change(Operation.CREATE_USER, account.id().value(), draft.changes()),
            request);
    User user = draft.toUser(entry.seq());
    UserTable.insert(session, user);
    UserTable.setPassword(session, user, account.passwordHash(), entry.at());
    return entry;
  }
}
