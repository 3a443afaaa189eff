package dev.vidame.wire;

import static dev.vidame.wire.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What updates are built of and say of themselves. */
class CustomerUserUpdateTest {
  private static final PasswordProfile PASSWORD = PasswordProfile.temporary("Pw");

  record Field(
      String name,
      BiFunction<CustomerUserUpdate.Builder, String, CustomerUserUpdate.Builder> set,
      Function<CustomerUserUpdate, FieldUpdate<String>> get) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Clearable(
      String name,
      UnaryOperator<CustomerUserUpdate.Builder> clear,
      Function<CustomerUserUpdate, FieldUpdate<String>> get) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Field> fields() {
    return Stream.of(
        new Field(
            "usageLocation",
            CustomerUserUpdate.Builder::usageLocation,
            CustomerUserUpdate::usageLocation),
        new Field(
            "userPrincipalName",
            CustomerUserUpdate.Builder::userPrincipalName,
            CustomerUserUpdate::userPrincipalName),
        new Field(
            "firstName", CustomerUserUpdate.Builder::firstName, CustomerUserUpdate::firstName),
        new Field("lastName", CustomerUserUpdate.Builder::lastName, CustomerUserUpdate::lastName),
        new Field(
            "displayName",
            CustomerUserUpdate.Builder::displayName,
            CustomerUserUpdate::displayName),
        new Field(
            "immutableId",
            CustomerUserUpdate.Builder::immutableId,
            CustomerUserUpdate::immutableId),
        new Field(
            "phoneNumber",
            CustomerUserUpdate.Builder::phoneNumber,
            CustomerUserUpdate::phoneNumber));
  }

  private static Stream<Clearable> clearableFields() {
    return Stream.of(
        new Clearable(
            "firstName", CustomerUserUpdate.Builder::clearFirstName, CustomerUserUpdate::firstName),
        new Clearable(
            "lastName", CustomerUserUpdate.Builder::clearLastName, CustomerUserUpdate::lastName),
        new Clearable(
            "immutableId",
            CustomerUserUpdate.Builder::clearImmutableId,
            CustomerUserUpdate::immutableId),
        new Clearable(
            "phoneNumber",
            CustomerUserUpdate.Builder::clearPhoneNumber,
            CustomerUserUpdate::phoneNumber));
  }

  private static String json(String members) {
    return "{" + members + "\"attributes\":{\"objectType\":\"CustomerUser\"}}";
  }

  private static CustomerUserUpdate.Builder builder() {
    return CustomerUserUpdate.builder();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void fieldThatIsSetIsAllThatIsWritten(Field field) {
    CustomerUserUpdate update = field.set().apply(builder(), "x").build();

    assertThat(field.get().apply(update)).isEqualTo(FieldUpdate.set("x"));
    assertThat(text(update.toJson())).isEqualTo(json("\"" + field.name() + "\":\"x\","));
    assertThat(update.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("clearableFields")
  void fieldThatIsClearedIsWrittenAsTheEmptyText(Clearable field) {
    CustomerUserUpdate update = field.clear().apply(builder()).build();

    assertThat(field.get().apply(update)).isEqualTo(FieldUpdate.clear());
    assertThat(text(update.toJson())).isEqualTo(json("\"" + field.name() + "\":\"\","));
    assertThat(update.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void fieldIsNotSetToTheEmptyText(Field field) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.set().apply(builder(), ""))
        .withMessage(field.name() + " must not be empty; use the clear method where there is one");
  }

  @ParameterizedTest
  @MethodSource("fields")
  void passwordBesideAFieldIsNotAlone(Field field) {
    CustomerUserUpdate update = field.set().apply(builder().passwordProfile(PASSWORD), "x").build();

    assertThat(update.isPasswordOnly()).isFalse();
    assertThat(update.changesOnlyPassword()).isFalse();
  }

  @Test
  void updateOfNothingIsEmpty() {
    CustomerUserUpdate update = builder().build();

    assertThat(text(update.toJson())).isEqualTo(json(""));
    assertThat(update.isEmpty()).isTrue();
    assertThat(update.isPasswordOnly()).isFalse();
    assertThat(update.changesOnlyPassword()).isFalse();
  }

  @Test
  void passwordAloneIsAReset() {
    CustomerUserUpdate update = builder().passwordProfile(PASSWORD).build();

    assertThat(text(update.toJson()))
        .isEqualTo(json("\"passwordProfile\":{\"password\":\"Pw\",\"forceChangePassword\":true},"));
    assertThat(update.isEmpty()).isFalse();
    assertThat(update.isPasswordOnly()).isTrue();
    assertThat(update.changesOnlyPassword()).isTrue();
  }

  /** .NET says of every account that it is active, of one whose password it resets too. */
  @Test
  void passwordBesideTheStateOfAnAccountInUseChangesOnlyThePassword() {
    CustomerUserUpdate update = builder().passwordProfile(PASSWORD).restore().build();

    assertThat(update.isEmpty()).isFalse();
    assertThat(update.isPasswordOnly()).isFalse();
    assertThat(update.changesOnlyPassword()).isTrue();
  }

  @Test
  void passwordBesideTheStateOfADeletedAccountIsNotAlone() {
    CustomerUserUpdate update =
        CustomerUserUpdate.fromJson(
            Bodies.bytes("{passwordProfile:{password:'Pw'},state:'inactive'}"));

    assertThat(update.isPasswordOnly()).isFalse();
    assertThat(update.changesOnlyPassword()).isFalse();
  }

  @Test
  void restoreIsNeitherEmptyNorAboutAPassword() {
    CustomerUserUpdate update = builder().restore().build();

    assertThat(text(update.toJson())).isEqualTo(json("\"state\":\"active\","));
    assertThat(update.isEmpty()).isFalse();
    assertThat(update.isPasswordOnly()).isFalse();
    assertThat(update.changesOnlyPassword()).isFalse();
  }

  @Test
  void partsOfAPasswordProfileAreWrittenAsFarAsTheyAreKnown() {
    assertThat(text(builder().passwordProfile(new PasswordProfile(null, null)).build().toJson()))
        .isEqualTo(json("\"passwordProfile\":{},"));
    assertThat(text(builder().passwordProfile(new PasswordProfile(null, false)).build().toJson()))
        .isEqualTo(json("\"passwordProfile\":{\"forceChangePassword\":false},"));
    assertThat(text(builder().passwordProfile(new PasswordProfile("Pw", null)).build().toJson()))
        .isEqualTo(json("\"passwordProfile\":{\"password\":\"Pw\"},"));
  }

  @Test
  void passwordProfileTellsOnlyWhetherThereIsAPassword() {
    assertThat(PASSWORD).hasToString("PasswordProfile[password=***, forceChangePassword=true]");
    assertThat(new PasswordProfile(null, null))
        .hasToString("PasswordProfile[password=absent, forceChangePassword=null]");
  }
}
