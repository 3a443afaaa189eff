package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.FieldUpdate;
import dev.vidame.wire.PasswordProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserMergeTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final int ROUNDS = 20_000;
  private static final Surroundings VERIFIED = around(DomainStanding.VERIFIED);
  private static final Surroundings FOREIGN = around(DomainStanding.FOREIGN);
  private static final Surroundings NO_DOMAIN = around(null);

  private static final User USER =
      new User(
          Fixture.CUSTOMER,
          Fixture.USER,
          5,
          "daniel@contoso.example",
          "Daniel",
          "Dan",
          "Iel",
          "US",
          "key-7",
          "555",
          true,
          null);

  private static Surroundings around(@Nullable DomainStanding domain) {
    return new Surroundings(domain, PasswordStandard.COMPATIBLE);
  }

  private final UserMerge merge = new UserMerge(UserPolicy.standard());

  private User merged(User user, CustomerUserUpdate update) {
    return merge.update(user, update, VERIFIED).toUser(user.version());
  }

  private List<Problem> problems(CustomerUserUpdate update) {
    return problems(USER, update);
  }

  private List<Problem> problems(User user, CustomerUserUpdate update) {
    Failure failure =
        catchThrowableOfType(DirectoryException.class, () -> merged(user, update)).failure();
    return ((Failure.Invalid) failure).problems();
  }

  private static CustomerUserUpdate json(String body) {
    return CustomerUserUpdate.fromJson(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyCombinationOfKeepClearAndSetDoesWhatItSays() {
    RandomGenerator random = seeded();
    for (int round = 0; round < ROUNDS; round++) {
      User before = randomUser(random);
      CustomerUserUpdate update = randomUpdate(random);

      User after = merged(before, update);

      for (UserField field : UserField.values()) {
        String expected =
            switch (field.in(update)) {
              case FieldUpdate.Keep<String> keep -> field.of(before);
              case FieldUpdate.Clear<String> clear -> null;
              case FieldUpdate.Set<String> set -> set.value();
            };
        assertThat(field.of(after)).as(field + " in round " + round).isEqualTo(expected);
      }
      assertThat(after.id()).isEqualTo(before.id());
      assertThat(after.forceChangePassword()).isEqualTo(before.forceChangePassword());
    }
  }

  @Test
  void mergingTwiceIsMergingOnce() {
    RandomGenerator random = seeded();
    for (int round = 0; round < ROUNDS; round++) {
      CustomerUserUpdate update = randomUpdate(random);

      User once = merged(randomUser(random), update);

      assertThat(merge.update(once, update, VERIFIED).changes()).isEmpty();
    }
  }

  @Test
  void updatesOfDifferentFieldsCommute() {
    RandomGenerator random = seeded();
    for (int round = 0; round < ROUNDS; round++) {
      User before = randomUser(random);
      CustomerUserUpdate one = CustomerUserUpdate.builder().firstName(name(random)).build();
      CustomerUserUpdate other =
          CustomerUserUpdate.builder().displayName(name(random)).clearPhoneNumber().build();

      assertThat(merged(merged(before, one), other)).isEqualTo(merged(merged(before, other), one));
    }
  }

  @Test
  void takingBackTheChangesGivesTheStart() {
    RandomGenerator random = seeded();
    for (int round = 0; round < ROUNDS; round++) {
      User before = randomUser(random);
      UserDraft draft = merge.update(before, randomUpdate(random), VERIFIED);
      UserDraft back = new UserDraft(draft.toUser(before.version()));

      back.takeBack(draft.changes());

      assertThat(back.toUser(before.version())).isEqualTo(before);
    }
  }

  @Test
  void wholeAccountEchoedBackChangesNothing() {
    CustomerUserUpdate echo =
        json(
            """
            {"usageLocation":"US","id":"%s","userPrincipalName":"daniel@contoso.example",
             "firstName":"Dan","lastName":"Iel","displayName":"Daniel","immutableId":"key-7",
             "phoneNumber":"555","userDomainType":"none","state":"active",
             "links":{"self":{"uri":"/customers/x","method":"GET","headers":[]}},
             "attributes":{"objectType":"CustomerUser"}}\
            """
                .formatted(Fixture.USER));

    assertThat(merge.update(USER, echo, FOREIGN).changes()).isEmpty();
  }

  @Test
  void bodyFullOfNullsChangesOnlyWhatItNames() {
    CustomerUserUpdate update =
        json(
            """
            {"UsageLocation":null,"Id":null,"UserPrincipalName":null,"FirstName":null,"LastName":null,
             "DisplayName":"New","PasswordProfile":null,"LastDirectorySyncTime":null,
             "UserDomainType":"none","State":"active","SoftDeletionTime":null,
             "Attributes":{"ObjectType":"CustomerUser"}}\
            """);

    User after = merged(USER, update);

    assertThat(after.displayName()).isEqualTo("New");
    assertThat(merged(after, CustomerUserUpdate.builder().displayName("Daniel").build()))
        .isEqualTo(USER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-at-sign",
        "@contoso.example",
        "a@",
        "a@b@contoso.example",
        ".a@contoso.example",
        "a.@contoso.example",
        "a b@contoso.example",
        "é@contoso.example",
        "a@-contoso.example",
        "a@contoso..example",
        "a@contoso.example.",
        "a/b@contoso.example",
        "a123456789012345678901234567890123456789012345678901234567890123456789@contoso.example",
        "a@a123456789012345678901234567890123456789.example.com",
        "a1234567890123456789012345678901234567890123456789012345678901234@contoso.example",
        "a@a123456789.b123456789.c123456789.d1234567.example"
      })
  void malformedPrincipalNameIsRefused(String name) {
    assertThat(problems(CustomerUserUpdate.builder().userPrincipalName(name).build()))
        .containsExactly(Problem.of("userPrincipalName", Rule.MALFORMED_PRINCIPAL_NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@contoso.example",
        "O'Hara.x-y_z!#^~9@contoso.example",
        "A@b-c.d",
        "a123456789012345678901234567890123456789012345678901234567890123@a123456789.b123456789.c123456789.d123456.example"
      })
  void principalNameOfTheAllowedCharactersIsTaken(String name) {
    User after = merged(USER, CustomerUserUpdate.builder().userPrincipalName(name).build());

    assertThat(after.userPrincipalName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"us,US", "FR,FR", "xk,XK", "gB,GB"})
  void usageLocationIsFoldedToUpperCase(String given, String stored) {
    User after = merged(USER, CustomerUserUpdate.builder().usageLocation(given).build());

    assertThat(after.usageLocation()).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZ", "USA", "CU", "KP", "new country/region code", "U"})
  void usageLocationOutsideTheListIsRefused(String given) {
    assertThat(problems(CustomerUserUpdate.builder().usageLocation(given).build()))
        .containsExactly(Problem.of("usageLocation", Rule.UNKNOWN_COUNTRY));
  }

  @Test
  void foundingDocumentsLiteralBodyPassesWhenTheOperatorWantsIt() {
    UserMerge lenient = new UserMerge(new UserPolicy(true, true));
    CustomerUserUpdate literal =
        CustomerUserUpdate.builder().usageLocation("new country/region code").build();

    assertThat(lenient.update(USER, literal, NO_DOMAIN).toUser(1).usageLocation())
        .isEqualTo("new country/region code");
  }

  @Test
  void emptyTextClearsWhatMayBeEmptyAndIsRefusedElsewhere() {
    User after =
        merged(USER, json("{'firstName':'','lastName':'','phoneNumber':'','immutableId':''}"));

    assertThat(after.firstName()).isNull();
    assertThat(after.lastName()).isNull();
    assertThat(after.phoneNumber()).isNull();
    assertThat(after.immutableId()).isNull();
    assertThat(problems(json("{'displayName':'','userPrincipalName':'','usageLocation':''}")))
        .containsExactly(
            Problem.of("usageLocation", Rule.REQUIRED),
            Problem.of("userPrincipalName", Rule.REQUIRED),
            Problem.of("displayName", Rule.REQUIRED));
  }

  @Test
  void tooLongValuesAndControlCharactersAreRefusedTogether() {
    CustomerUserUpdate update =
        CustomerUserUpdate.builder()
            .firstName("x".repeat(65))
            .lastName("a\u0000b")
            .displayName("d".repeat(257))
            .immutableId("i".repeat(129))
            .phoneNumber("1".repeat(65))
            .build();

    assertThat(problems(update))
        .containsExactly(
            Problem.of("firstName", Rule.TOO_LONG, 64),
            Problem.of("lastName", Rule.CONTROL_CHARACTER),
            Problem.of("displayName", Rule.TOO_LONG, 256),
            Problem.of("immutableId", Rule.TOO_LONG, 128),
            Problem.of("phoneNumber", Rule.TOO_LONG, 64));
  }

  /** A character outside the first plane counts as one. */
  @Test
  void longestValuesAreTaken() {
    CustomerUserUpdate update =
        CustomerUserUpdate.builder()
            .firstName("x".repeat(64))
            .lastName("🦊".repeat(64))
            .displayName("d".repeat(256))
            .immutableId("i".repeat(128))
            .phoneNumber("1".repeat(64))
            .build();

    assertThat(merge.update(USER, update, NO_DOMAIN).changes()).hasSize(5);
  }

  @Test
  void anyUsageLocationHasAnEnd() {
    UserMerge lenient = new UserMerge(new UserPolicy(true, true));
    CustomerUserUpdate longest = CustomerUserUpdate.builder().usageLocation("x".repeat(64)).build();
    CustomerUserUpdate longer = CustomerUserUpdate.builder().usageLocation("x".repeat(65)).build();

    assertThat(lenient.update(USER, longest, NO_DOMAIN).changes()).hasSize(1);
    assertThat(
            catchThrowableOfType(
                    DirectoryException.class, () -> lenient.update(USER, longer, NO_DOMAIN))
                .failure())
        .isEqualTo(new Failure.Invalid(List.of(Problem.of("usageLocation", Rule.TOO_LONG, 64))));
  }

  @Test
  void idOfAnotherAccountIsRefused() {
    assertThat(problems(json("{'id':'00000000-0000-0000-0000-000000000001'}")))
        .containsExactly(Problem.of("id", Rule.ID_DIFFERS));
  }

  @ParameterizedTest
  @CsvSource({
    "Ab1!567,PASSWORD_LENGTH",
    "alllowercase1,PASSWORD_CLASSES",
    "ALLUPPERCASE1,PASSWORD_CLASSES",
    "Passwört1234,PASSWORD_CHARACTER",
    "P@ssw0rd,PASSWORD_COMMON",
    "xxDANIEL99,PASSWORD_CONTAINS_NAME"
  })
  void weakPasswordIsRefused(String password, Rule rule) {
    assertThat(problems(password(password, null)))
        .singleElement()
        .extracting(Problem::rule)
        .isEqualTo(rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"testPw@!122B", "abCD123*", "Renew456*", "with Spaces 12"})
  void passwordOfThreeClassesIsTaken(String password) {
    assertThat(merge.update(USER, password(password, null), NO_DOMAIN).changes()).hasSize(1);
  }

  @Test
  void passwordMustBeChangedUnlessSaidOtherwise() {
    User relaxed = merged(USER, password("Renew456*", false));

    assertThat(relaxed.forceChangePassword()).isFalse();
    assertThat(merged(relaxed, password("Renew456*", null)).forceChangePassword()).isTrue();
    assertThat(merged(relaxed, password(null, true)).forceChangePassword()).isTrue();
    assertThat(merged(relaxed, password(null, null))).isEqualTo(relaxed);
  }

  @Test
  void passwordIsCheckedAgainstTheNewName() {
    CustomerUserUpdate update =
        CustomerUserUpdate.builder()
            .userPrincipalName("newname@contoso.example")
            .passwordProfile(PasswordProfile.temporary("Xnewname1!"))
            .build();

    assertThat(problems(update))
        .containsExactly(Problem.of("passwordProfile.password", Rule.PASSWORD_CONTAINS_NAME));
  }

  @Test
  void activeAccountCannotBeMadeInactive() {
    assertThat(problems(json("{'state':'inactive'}")))
        .containsExactly(Problem.of("state", Rule.STATE_NOT_SETTABLE));
  }

  @Test
  void deletedAccountIsRestoredByAnActiveStateInAnyCase() {
    User deleted = deleted();

    assertThat(merged(deleted, json("{'State':'ACTIVE'}")).isDeleted()).isFalse();
    assertThat(merged(deleted, json("{'state':'inactive'}"))).isEqualTo(deleted);
    assertThat(problems(deleted, json("{'firstName':'Other'}")))
        .containsExactly(Problem.of("state", Rule.USER_DELETED));
  }

  private static User deleted() {
    return new User(
        USER.customer(),
        USER.id(),
        USER.version(),
        USER.userPrincipalName(),
        USER.displayName(),
        USER.firstName(),
        USER.lastName(),
        USER.usageLocation(),
        USER.immutableId(),
        USER.phoneNumber(),
        USER.forceChangePassword(),
        Instant.parse("2026-06-01T00:00:00Z"));
  }

  private static CustomerUserUpdate password(
      @Nullable String password, @Nullable Boolean mustChange) {
    return CustomerUserUpdate.builder()
        .passwordProfile(new PasswordProfile(password, mustChange))
        .build();
  }

  private static RandomGenerator seeded() {
    System.out.println("vidame.seed=" + SEED);
    return new Random(SEED);
  }

  private static User randomUser(RandomGenerator random) {
    return new User(
        Fixture.CUSTOMER,
        Fixture.USER,
        1 + random.nextInt(100),
        name(random) + "@contoso.example",
        name(random),
        maybe(random),
        maybe(random),
        random.nextBoolean() ? country(random) : null,
        maybe(random),
        maybe(random),
        random.nextBoolean(),
        null);
  }

  private static CustomerUserUpdate randomUpdate(RandomGenerator random) {
    CustomerUserUpdate.Builder builder = CustomerUserUpdate.builder();
    if (random.nextBoolean()) {
      builder.displayName(name(random));
    }
    if (random.nextBoolean()) {
      builder.userPrincipalName(name(random) + "@contoso.example");
    }
    if (random.nextBoolean()) {
      builder.usageLocation(country(random));
    }
    switch (random.nextInt(3)) {
      case 0 -> builder.firstName(name(random));
      case 1 -> builder.clearFirstName();
      default -> {}
    }
    switch (random.nextInt(3)) {
      case 0 -> builder.immutableId(name(random));
      case 1 -> builder.clearImmutableId();
      default -> {}
    }
    switch (random.nextInt(3)) {
      case 0 -> builder.phoneNumber(name(random)).clearLastName();
      case 1 -> builder.clearPhoneNumber().lastName(name(random));
      default -> {}
    }
    return builder.build();
  }

  private static @Nullable String maybe(RandomGenerator random) {
    return random.nextBoolean() ? name(random) : null;
  }

  private static String name(RandomGenerator random) {
    int length = 1 + random.nextInt(12);
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String country(RandomGenerator random) {
    return List.of("US", "FR", "DE", "XK", "GB").get(random.nextInt(5));
  }
}
