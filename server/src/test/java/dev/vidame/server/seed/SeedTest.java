package dev.vidame.server.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vidame.directory.Directory;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store is filled with, and what is not taken. */
class SeedTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path EXAMPLE = DOCS.resolve("examples/founding-document.json");

  private static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  private static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");
  private static final UserId ADMINISTRATOR = UserId.of("95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11");
  private static final UserId LEFT = UserId.of("a45f1416-3300-4f65-9e8d-f123b573a4eb");
  private static final PartnerId PARTNER =
      new PartnerId(UUID.fromString("6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4"));
  private static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";

  @TempDir private Path folder;
  private final MovableClock clock = new MovableClock();
  private Directory directory;

  @BeforeEach
  void open() throws SQLException {
    directory =
        Directory.open(
            folder.resolve("v.db"),
            Directory.Options.standard()
                .withClock(clock)
                .withHashing(PasswordHashing.standard().withLeastMemory()));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("seed.json"), json);
  }

  private SeedReport load(Path file) {
    return Seed.read(file).loadInto(directory, UUID::randomUUID);
  }

  private User user(UserId id) {
    return directory.users().get(CUSTOMER, new UserRef.ById(id));
  }

  private static String example() throws IOException {
    return Files.readString(EXAMPLE);
  }

  /** The example with an account of the same name that was deleted yesterday. */
  private String withADeletedAccount() throws IOException {
    String deleted =
        """
        "users": [
          {"id": "%s", "userPrincipalName": "EmailId@abcdefgh1234.ccsctp.net",
           "displayName": "Left", "usageLocation": "US", "softDeletionTime": "%s",
           "directoryRoles": ["729827e3-9c14-49f7-bb1b-9608f156bbb8"],
           "licenses": [{"skuId": "EMS", "excludedPlans": ["c1ec4a95-1f05-45b3-a911-aa3fa01094f5"]}]},
        """
            .formatted(LEFT, yesterday());
    return example().replaceFirst("\"users\": \\[", deleted);
  }

  private Instant yesterday() {
    return clock.instant().minus(Duration.ofDays(1));
  }

  @Test
  void exampleIsLoadedWithTheIdsThatItGives() {
    assertThat(directory.isEmpty()).isTrue();

    SeedReport report = load(EXAMPLE);

    assertThat(report.isLoaded()).isTrue();
    assertThat(report.message())
        .isEqualTo("Loaded 1 partners, 1 customers and 2 accounts from " + EXAMPLE + ".");
    assertThat(directory.partners().get(PARTNER)).contains(new Partner(PARTNER, "Partner", true));
    Agent agent =
        directory.partners().signIn("admin@partner.example", "Example-Only-77").orElseThrow();
    assertThat(agent.roles()).isEqualTo(Set.of(Role.ADMIN_AGENT));
    assertThat(
            directory
                .partners()
                .authenticate(
                    new ApplicationId(UUID.fromString("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53")),
                    "example-only-change-me-0123456789"))
        .isPresent();
    assertThat(user(USER).userPrincipalName()).isEqualTo("emailid@abcdefgh1234.ccsctp.net");
    assertThat(directory.roles().of(CUSTOMER, new UserRef.ById(ADMINISTRATOR)))
        .containsExactly(DirectoryRole.COMPANY_ADMINISTRATOR);
    assertThat(
            directory
                .roles()
                .members(CUSTOMER, DirectoryRole.COMPANY_ADMINISTRATOR, PageQuery.first(10))
                .items())
        .hasSize(1);
    assertThat(consumed()).isEqualTo(1);
  }

  private int consumed() {
    return directory.skus().get(CUSTOMER, SKU).orElseThrow().units().consumed();
  }

  @Test
  void partnersPasswordProfileHoldsForTheSeedItself() throws IOException {
    String strict =
        example().replace("\"sandbox\": true", "\"sandbox\": true, \"passwordProfile\": \"Nist\"");

    assertThatThrownBy(() -> load(file(strict.replace("Example-Only-88", "Example-88"))))
        .hasMessageContaining("/customers/0/users/1/password")
        .hasMessageContaining("15 to 256");
    assertThat(load(file(strict)).isLoaded()).isTrue();
    assertThat(directory.partners().get(PARTNER).orElseThrow().passwords())
        .contains(PasswordStandard.NIST);
  }

  @Test
  void applicationsOfASeedMayBeLetAlone() throws IOException {
    load(
        file(
            example()
                .replace("\"sandbox\": true", "\"sandbox\": true, \"allowAppOnlyUsers\": true")));

    assertThat(directory.partners().get(PARTNER).orElseThrow().allowsAppOnlyUsers()).isTrue();
  }

  @Test
  void deletedAccountIsLoadedWithItsTimeAndComesBackWithWhatItHad() throws IOException {
    load(file(withADeletedAccount()));

    assertThat(user(LEFT).deletedAt()).isEqualTo(yesterday());
    assertThat(consumed()).isEqualTo(1);

    var renamed =
        CustomerUserUpdate.builder()
            .userPrincipalName("back@abcdefgh1234.ccsctp.net")
            .restore()
            .build();
    directory
        .users()
        .update(
            CUSTOMER,
            new UserRef.ById(LEFT),
            renamed,
            new EntityTag.Any(),
            ChangeRequest.once(Actor.operator(PARTNER), UUID.randomUUID()));

    assertThat(directory.roles().of(CUSTOMER, new UserRef.ById(LEFT)))
        .containsExactly(DirectoryRole.HELPDESK_ADMINISTRATOR);
    assertThat(
            directory
                .licenses()
                .of(CUSTOMER, new UserRef.ById(LEFT), EnumSet.allOf(LicenseGroup.class)))
        .hasSize(1);
    assertThat(consumed()).isEqualTo(2);
  }

  @Test
  void deletedAccountIsGoneWhenItsTimeIsOver() throws IOException {
    load(file(withADeletedAccount()));

    clock.advance(Duration.ofDays(29));

    assertThatThrownBy(() -> user(LEFT)).hasMessageContaining("UserNotFound");
  }

  @Test
  void everythingThatWasLoadedIsInAJournal() throws IOException {
    load(file(withADeletedAccount()));

    assertThat(directory.verifyJournal(CUSTOMER).isIntact()).isTrue();
    assertThat(directory.journal(CUSTOMER, 0, 100).stream().map(SeedTest::row))
        .containsExactly(
            "customer.create",
            "sku.define",
            "user.create",
            "role.add",
            "license.update",
            "user.delete",
            "user.create",
            "license.update",
            "user.create",
            "role.add");
    CustomerId partner = new CustomerId(PARTNER.value());
    assertThat(directory.verifyJournal(partner).isIntact()).isTrue();
    assertThat(directory.journal(partner, 0, 100).stream().map(SeedTest::row))
        .containsExactly("partner.create", "agent.create", "application.create");
    assertThat(directory.journal(partner, 0, 100).toString())
        .doesNotContain("Example-Only-77", "example-only-change-me");
  }

  private static String row(Entry entry) {
    return entry.operation().code();
  }

  @Test
  void storeThatIsNotEmptyStaysAsItIs() {
    load(EXAMPLE);
    long rows = directory.verifyJournal(CUSTOMER).verifiedUpTo();

    SeedReport again = load(EXAMPLE);

    assertThat(again.isLoaded()).isFalse();
    assertThat(again.message()).contains("not empty", "nothing was loaded", EXAMPLE.toString());
    assertThat(directory.verifyJournal(CUSTOMER).verifiedUpTo()).isEqualTo(rows);
  }

  @Test
  void storeWithAnOperatorAloneIsStillEmpty() {
    directory.operators().createFirst("first");

    assertThat(load(EXAMPLE).isLoaded()).isTrue();
  }

  @Test
  void storeWhosePartnersAreAllGoneIsNotEmpty() {
    directory.partners().create(new Partner(PARTNER, "Partner"));
    directory
        .partnerRegistry()
        .delete(PARTNER, ChangeRequest.once(Actor.operator(PARTNER), UUID.randomUUID()));

    assertThat(load(EXAMPLE).isLoaded()).isFalse();
  }

  /** Each line: what is replaced in the example, by what, and where and how that is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\": \"Partner\" | \"name\": 7 | /partners/0/name | must be a text",
        "\"name\": \"Partner\" | \"name\": \"\" | /partners/0/name | required",
        "\"sandbox\": true | \"sandbox\": \"maybe\" | /partners/0/sandbox | true or false",
        "\"sandbox\": true | \"sandbocks\": true | /partners/0/sandbocks | no such member",
        "\"sandbox\": true | \"passwordProfile\": \"strict\" | /partners/0/passwordProfile | does not exist",
        "\"id\": \"6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4\" | \"id\": \"x\" | /partners/0/id | GUID",
        "0c39d6d5-c70d-4c55-bc02-f620844f3fd1 | 6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4 | /partners/0/agents/0/id | there already",
        "95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11 | 4b10bf41-ab11-40e3-8c53-cd67849b50de | /customers/0/users/1/id | there already",
        "Example-Only-77 | short | /partners/0/agents/0/password | 8 to 256",
        "admin@partner.example | admin | /partners/0/agents/0/userPrincipalName | name@domain",
        "admin_agent | king | /partners/0/agents/0/roles/0 | does not exist",
        "example-only-change-me-0123456789 | short | /partners/0/applications/0/secret | random",
        "\"domain\": \"abcdefgh1234.ccsctp.net\" | \"domain\": \"nodot\" | /customers/0/domain | domain such as",
        "emailid@abcdefgh1234.ccsctp.net | emailid@else.example | /customers/0/users/0/userPrincipalName | not a verified domain",
        "administrator@abcdefgh1234 | EMAILID@abcdefgh1234 | /customers/0/users/1/userPrincipalName | same value",
        "\"usageLocation\": \"FR\" | \"usageLocation\": \"ZZ\" | /customers/0/users/0/usageLocation | country",
        "Example-Only-88 | alllowercase | /customers/0/users/1/password | three of",
        "Company Administrator | King | /customers/0/users/1/directoryRoles/0 | does not exist",
        "\"skuId\": \"efccb6f7-5641-4e0e-bd10-b4976e1bf68e\" | \"skuId\": \"unknown\" | /customers/0/users/0 | does not subscribe",
        "\"activeUnits\": 5 | \"activeUnits\": 0 | /customers/0/users/0 | No license of the product",
        "\"activeUnits\": 5 | \"activeUnits\": -1 | /customers/0/subscribedSkus/0/activeUnits | whole number",
        "\"skuPartNumber\": \"EMS\" | \"skuPartNumber\": \"EMS\", \"licenseGroupId\": \"group9\" | /customers/0/subscribedSkus/0/productSku/licenseGroupId | group9",
        "Enterprise Mobility + Security E3 | a\\u0007 | /customers/0/subscribedSkus/0/productSku | control character",
        "\"serviceName\": \"INTUNE_A\" | \"serviceName\": 1 | /customers/0/subscribedSkus/0/servicePlans/0/serviceName | must be a text",
      })
  void whatIsNotAllowedIsToldWithItsPlace(String what, String by, String pointer, String reason)
      throws IOException {
    Path file = file(example().replaceFirst(Pattern.quote(what), Matcher.quoteReplacement(by)));
    assertThat(Files.readString(file)).isNotEqualTo(example());

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining(file + ", " + pointer + ":")
        .hasMessageContaining(reason)
        .hasMessageEndingWith("Nothing was loaded.");
    assertNothingWasLoaded();
  }

  private void assertNothingWasLoaded() {
    assertThat(directory.isEmpty()).isTrue();
    assertThat(directory.customers().get(CUSTOMER)).isEmpty();
    assertThat(directory.partners().signIn("admin@partner.example", "Example-Only-77")).isEmpty();
    assertThat(directory.verifyJournal(CUSTOMER).verifiedUpTo()).isZero();
  }

  @Test
  void referenceToNoPartnerIsToldWithItsPlace() throws IOException {
    String nobody = "11111111-2222-3333-4444-555555555555";
    String json =
        example()
            .replaceAll(
                "(\"partners\": \\[\\s*)\"6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4\"",
                "$1\"" + nobody + "\"");

    assertThatThrownBy(() -> load(file(json)))
        .hasMessageContaining("/customers/0/partners/0: The partner " + nobody);
    assertNothingWasLoaded();
  }

  @Test
  void deletionInTheFutureIsNotTaken() throws IOException {
    String json =
        withADeletedAccount()
            .replace(yesterday().toString(), clock.instant().plusSeconds(1).toString());

    assertThatThrownBy(() -> load(file(json)))
        .hasMessageContaining(
            "/customers/0/users/0/softDeletionTime: The value lies in the future");
    assertNothingWasLoaded();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | empty",
        "[] | object",
        "{\"partners\": | not JSON",
        "{\"partners\":{}} | list"
      })
  void fileThatIsNoSeedIsNotTaken(String json, String reason) throws IOException {
    Path file = file(json);

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
    assertNothingWasLoaded();
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Seed.read(folder.resolve("none.json")))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void exampleFitsTheSchemaAndAMisspeltOneDoesNot() throws IOException {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Schema schema = registry.getSchema(Files.readString(DOCS.resolve("seed.schema.json")));

    assertThat(schema.validate(example(), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(withADeletedAccount(), InputFormat.JSON)).isEmpty();
    for (String wrong :
        List.of(
            example().replace("\"sandbox\"", "\"sandbocks\""),
            example().replace("admin_agent", "king"),
            example().replace("\"activeUnits\": 5", "\"activeUnits\": -5"))) {
      assertThat(schema.validate(wrong, InputFormat.JSON)).isNotEmpty();
    }
  }
}
