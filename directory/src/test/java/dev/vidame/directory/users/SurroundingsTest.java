package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what a change asks for is read of its customer. */
class SurroundingsTest {
  private static final CustomerId CUSTOMER = new CustomerId(UUID.randomUUID());

  private final PartnerPasswords passwords = new PartnerPasswords(PasswordStandard.NIST);

  /** A session whose store is closed: every statement on it fails. */
  private static Session closed(Path folder) throws SQLException {
    SqliteTransactions transactions = SqliteTransactions.open(folder.resolve("v.db"));
    Session session = transactions.read(open -> open);
    transactions.close();
    return session;
  }

  @Test
  void changeWithoutAPasswordReadsNothing(@TempDir Path folder) throws SQLException {
    Session session = closed(folder);
    CustomerUserUpdate name = CustomerUserUpdate.builder().displayName("Other").build();
    CustomerUserUpdate flag =
        CustomerUserUpdate.builder().passwordProfile(new PasswordProfile(null, true)).build();
    CustomerUserUpdate password =
        CustomerUserUpdate.builder().passwordProfile(new PasswordProfile("abCD123*", true)).build();

    assertThat(Surroundings.of(session, CUSTOMER, name, passwords))
        .isEqualTo(new Surroundings(null, PasswordStandard.NIST));
    assertThat(Surroundings.of(session, CUSTOMER, flag, passwords))
        .isEqualTo(new Surroundings(null, PasswordStandard.NIST));
    assertThatThrownBy(() -> Surroundings.of(session, CUSTOMER, password, passwords))
        .isInstanceOf(SQLException.class);
  }
}
