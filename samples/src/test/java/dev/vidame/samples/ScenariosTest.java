package dev.vidame.samples;

import static dev.vidame.samples.RealServer.CUSTOMER;
import static dev.vidame.samples.RealServer.DOMAIN;
import static dev.vidame.samples.RealServer.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vidame.sdk.AuditEntry;
import dev.vidame.sdk.ChangeCursor;
import dev.vidame.sdk.DirectoryRole;
import dev.vidame.sdk.FollowedChange;
import dev.vidame.sdk.NameTakenException;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.RoleId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario against the real server. */
@Timeout(120)
class ScenariosTest {
  @TempDir private Path folder;

  private RealServer server;
  private PartnerClient partner;

  @BeforeEach
  void start() {
    server = RealServer.start(folder);
    partner = server.partner();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void accountIsCreatedOnce() {
    CustomerUser created = CustomerUserCreate.run(partner, CUSTOMER);

    assertThat(created.userPrincipalName()).isEqualTo("sample.user@" + DOMAIN);
    assertThat(created.id()).isNotNull();
    assertThatExceptionOfType(NameTakenException.class)
        .isThrownBy(() -> CustomerUserCreate.run(partner, CUSTOMER));
  }

  @Test
  void accountIsReadAndUpdated() {
    assertThat(CustomerUserGet.run(partner, CUSTOMER, USER).id()).isEqualTo(USER);

    CustomerUser updated = CustomerUserUpdate.run(partner, CUSTOMER, USER);

    assertThat(CustomerUserGet.run(partner, CUSTOMER, USER)).isEqualTo(updated);
    assertThat(updated.displayName()).isEqualTo("DisplayNameChange");
  }

  @Test
  void accountsAreListed() {
    assertThat(CustomerUserList.run(partner, CUSTOMER))
        .extracting(CustomerUser::displayName)
        .containsExactly("Administrator", "Display name");
  }

  @Test
  void accountIsDeletedSeenAndRestored() {
    CustomerUser before = CustomerUserGet.run(partner, CUSTOMER, USER);
    CustomerUser deleted = CustomerUserDelete.run(partner, CUSTOMER, USER);
    assertThat(deleted.state()).isEqualTo(UserState.INACTIVE);
    assertThat(CustomerDeletedUsers.run(partner, CUSTOMER)).containsExactly(deleted);
    assertThat(CustomerUserList.run(partner, CUSTOMER)).hasSize(1);

    CustomerUser restored = CustomerUserRestore.run(partner, CUSTOMER, USER);

    assertThat(restored).isEqualTo(before);
    assertThat(CustomerDeletedUsers.run(partner, CUSTOMER)).isEmpty();
  }

  @Test
  void passwordIsReset() {
    CustomerUser user = CustomerUserResetPassword.run(partner, CUSTOMER, USER);

    assertThat(user.passwordProfile())
        .hasFieldOrPropertyWithValue("forceChangePassword", true)
        .hasFieldOrPropertyWithValue("password", null);
  }

  @Test
  void roleIsGivenAndTaken() {
    assertThat(CustomerUserRoles.run(partner, CUSTOMER, USER))
        .extracting(DirectoryRole::id)
        .containsExactly(RoleId.HELPDESK_ADMINISTRATOR);
    assertThat(partner.customers().byId(CUSTOMER).users().byId(USER).directoryRoles()).isEmpty();
  }

  @Test
  void licenceIsAssignedAndRemoved() {
    CustomerUser created = CustomerUserCreate.run(partner, CUSTOMER);

    assertThat(CustomerUserLicenses.run(partner, CUSTOMER, Objects.requireNonNull(created.id())))
        .hasSize(1);
    assertThat(
            partner
                .customers()
                .byId(CUSTOMER)
                .users()
                .byId(Objects.requireNonNull(created.id()))
                .licenses())
        .isEmpty();
  }

  @Test
  void whatWasDoneIsOnRecord() {
    CustomerUserUpdate.run(partner, CUSTOMER, USER);

    assertThat(CustomerUserAudit.run(partner, CUSTOMER))
        .filteredOn(record -> RealServer.AGENT.equals(record.actor().userPrincipalName()))
        .extracting(AuditEntry::operationType)
        .contains(AuditEntry.OperationType.RESET_CUSTOMER_USER_PASSWORD);
  }

  @Test
  void whatChangedIsReadBehindTheLastCursor() {
    List<FollowedChange> before = CustomerChanges.run(partner, CUSTOMER, ChangeCursor.BEGINNING);

    CustomerUserUpdate.run(partner, CUSTOMER, USER);

    assertThat(CustomerChanges.run(partner, CUSTOMER, before.getLast().cursor()))
        .isNotEmpty()
        .allSatisfy(next -> assertThat(next.change().subject()).isEqualTo(USER.value()));
  }

  @Test
  void everyScenarioRunsFromTheCommandLine() {
    assertThat(main(CustomerUserCreate::main)).contains("sample.user@" + DOMAIN);
    assertThat(main(CustomerUserGet::main)).contains(USER.toString());
    assertThat(main(CustomerUserUpdate::main)).contains("DisplayNameChange");
    assertThat(main(CustomerUserList::main).lines()).hasSize(3);
    assertThat(main(CustomerUserResetPassword::main)).contains("forceChangePassword=true");
    assertThat(main(CustomerUserRoles::main)).contains("Helpdesk Administrator");
    assertThat(main(CustomerUserDelete::main)).contains("INACTIVE");
    assertThat(main(CustomerDeletedUsers::main).lines()).hasSize(1);
    assertThat(main(CustomerUserRestore::main)).contains("ACTIVE");
    assertThat(main(CustomerUserAudit::main)).contains("restore_customer_user");
    assertThat(main(CustomerChanges::main)).contains("user.restore");
  }

  @Test
  void scenarioWithoutAnythingToAssignSaysSo() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        CustomerUserLicenses.main(
            environment(), new PrintStream(new ByteArrayOutputStream(), true, UTF_8), print(err));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("No licence is left");
  }

  private interface Main {
    int main(Map<String, String> environment, PrintStream out, PrintStream err);
  }

  private String main(Main scenario) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = scenario.main(environment(), print(out), print(err));
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(code).isZero();
    return out.toString(UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private Map<String, String> environment() {
    return Map.of(
        "VIDAME_ENDPOINT", server.address().toString(),
        "VIDAME_PARTNER", RealServer.PARTNER,
        "VIDAME_CLIENT_ID", RealServer.APPLICATION,
        "VIDAME_CLIENT_SECRET", RealServer.SECRET,
        "VIDAME_USERNAME", RealServer.AGENT,
        "VIDAME_PASSWORD", RealServer.AGENT_PASSWORD,
        "VIDAME_CUSTOMER", CUSTOMER.toString(),
        "VIDAME_USER", USER.toString());
  }
}
