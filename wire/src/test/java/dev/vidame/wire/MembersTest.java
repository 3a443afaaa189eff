package dev.vidame.wire;

import static dev.vidame.wire.Bodies.assertRefused;
import static dev.vidame.wire.Bodies.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.WireFormatException.Kind;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every member of every body that is read, one by one. */
class MembersTest {
  private static final Pattern NAME = Pattern.compile("\\w+(?=:)");
  private static final String GUID = "'4b10bf41-ab11-40e3-8c53-cd67849b50de'";
  private static final String DATE = "'2017-01-20T00:33:34Z'";

  enum Type {
    TEXT("a text", "'x'", "5|true|{}|[]|['x']"),
    BOOL("true or false", "true", "1|'yes'|''|{}|[]"),
    OBJECT("an object", "{}", "'x'|5|false|[]|[{}]"),
    DATE_TEXT("an ISO 8601 date with its zone", DATE, "'yesterday'|''|'2017-01-20'"),
    TEXTS("a list of texts", "['x','y']", "'x'|5|{}|[1]|['x',{}]|[['x']]"),
    OBJECTS("a list of objects", "[{}]", "'x'|5|{}|['x']|[{},5]|[[]]");

    private final String wanted;
    private final String good;
    private final String wrong;

    Type(String wanted, String good, String wrong) {
      this.wanted = wanted;
      this.good = good;
      this.wrong = wrong;
    }
  }

  record Member(
      String reader, Function<byte[], ?> read, String place, Type type, String name, String good) {
    Object with(String value) {
      return read.apply(bytes(place.replace("@", name + ":" + value)));
    }

    Object without() {
      return read.apply(bytes(place.replace("@", "")));
    }

    @Override
    public String toString() {
      return reader + " " + place.replace("@", name) + " " + type;
    }
  }

  /** A kind of body, and where in it members stand. */
  private record Body(String reader, Function<byte[], ?> read) {
    Stream<Member> members(String place, Type type, String... names) {
      return Stream.of(names).map(name -> new Member(reader, read, place, type, name, type.good));
    }

    Stream<Member> member(String place, Type type, String name, String good) {
      return Stream.of(new Member(reader, read, place, type, name, good));
    }
  }

  private static Stream<Member> members() {
    return Stream.of(
            ofAccount(new Body("account", CustomerUser::fromJson)),
            ofAccount(new Body("item", json -> CustomerUser.from(JsonBody.parse(json)))),
            ofUpdate(new Body("update", CustomerUserUpdate::fromJson)),
            ofProfile(new Body("profile", BillingProfile::fromJson), "{@}"),
            ofProfile(
                new Body("profile inside", json -> BillingProfile.from(JsonBody.parse(json))),
                "{@}"),
            ofAddress(new Body("address", json -> Address.from(JsonBody.parse(json))), "{@}"),
            ofCreation(new Body("creation", CustomerCreation::fromJson)),
            ofSmallBodies())
        .flatMap(Function.identity());
  }

  private static Stream<Member> ofAccount(Body body) {
    return Stream.of(
            body.members(
                "{@}",
                Type.TEXT,
                "usageLocation",
                "userPrincipalName",
                "firstName",
                "lastName",
                "displayName",
                "immutableId",
                "phoneNumber",
                "userDomainType",
                "state"),
            body.member("{@}", Type.TEXT, "id", GUID),
            body.member("{@}", Type.TEXT, "softDeletionTime", DATE),
            body.member("{@}", Type.TEXT, "lastDirectorySyncTime", DATE),
            body.members("{@}", Type.DATE_TEXT, "softDeletionTime", "lastDirectorySyncTime"),
            body.member("{@}", Type.OBJECT, "links", "{self:{uri:'/a'}}"),
            body.member("{links:{@}}", Type.OBJECT, "self", "{uri:'/a'}"),
            body.members("{links:{self:{@}}}", Type.TEXT, "uri"),
            body.members("{links:{self:{uri:'/a',@}}}", Type.TEXT, "method"),
            ofPassword(body))
        .flatMap(Function.identity());
  }

  private static Stream<Member> ofUpdate(Body body) {
    return Stream.of(
            body.members(
                "{@}",
                Type.TEXT,
                "usageLocation",
                "id",
                "userPrincipalName",
                "firstName",
                "lastName",
                "displayName",
                "immutableId",
                "phoneNumber"),
            body.member("{@}", Type.TEXT, "state", "'active'"),
            ofPassword(body))
        .flatMap(Function.identity());
  }

  private static Stream<Member> ofPassword(Body body) {
    return Stream.of(
            body.members("{@}", Type.OBJECT, "passwordProfile"),
            body.members("{passwordProfile:{@}}", Type.TEXT, "password"),
            body.members("{passwordProfile:{@}}", Type.BOOL, "forceChangePassword"))
        .flatMap(Function.identity());
  }

  private static Stream<Member> ofProfile(Body body, String place) {
    return Stream.of(
            body.members(
                place,
                Type.TEXT,
                "id",
                "firstName",
                "lastName",
                "email",
                "culture",
                "language",
                "companyName",
                "company_name"),
            body.members(place, Type.OBJECT, "defaultAddress", "default_address"),
            ofAddress(body, place.replace("@", "defaultAddress:{@}")),
            ofAddress(body, place.replace("@", "default_address:{@}")))
        .flatMap(Function.identity());
  }

  private static Stream<Member> ofAddress(Body body, String place) {
    return body.members(
        place,
        Type.TEXT,
        "country",
        "region",
        "city",
        "state",
        "addressLine1",
        "addressLine2",
        "postalCode",
        "firstName",
        "middleName",
        "lastName",
        "phoneNumber");
  }

  private static Stream<Member> ofCreation(Body body) {
    return Stream.of(
            body.members("{@}", Type.TEXT, "id"),
            body.member("{@}", Type.OBJECT, "companyProfile", "{domain:'x'}"),
            body.members(
                "{companyProfile:{@}}", Type.TEXT, "domain", "organizationRegistrationNumber"),
            body.members("{@}", Type.OBJECT, "billingProfile"),
            ofProfile(body, "{billingProfile:{@}}"),
            body.member("{@}", Type.OBJECT, "userCredentials", "{password:'x'}"))
        .flatMap(Function.identity());
  }

  private static Stream<Member> ofSmallBodies() {
    Body licenses = new Body("licences", LicenseUpdate::fromJson);
    return Stream.of(
            new Body("end of a relationship", RelationshipUpdate::fromJson)
                .members("{relationshipToPartner:'none',@}", Type.TEXT, "id"),
            new Body("member of a role", UserMemberRequest::fromJson)
                .members("{@}", Type.TEXT, "id", "userPrincipalName", "roleId"),
            licenses.members("{@}", Type.TEXTS, "licensesToRemove"),
            licenses.member("{@}", Type.OBJECTS, "licensesToAssign", "[{skuId:'x'}]"),
            licenses.members("{licensesToAssign:[{skuId:'x',@}]}", Type.TEXTS, "excludedPlans"))
        .flatMap(Function.identity());
  }

  @ParameterizedTest
  @MethodSource("members")
  void memberOfTheWrongTypeIsRefusedByItsName(Member member) {
    for (String wrong : member.type().wrong.split("\\|", -1)) {
      assertRefused(
          member.place().replace("@", member.name() + ":" + wrong),
          member.read(),
          Kind.UNREADABLE,
          member.name(),
          "The member " + member.name() + " must be " + member.type().wanted + ".");
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void memberIsReadInAnyCase(Member member) {
    Object read = member.with(member.good());

    String loud =
        NAME.matcher(member.place().replace("@", member.name() + ":" + member.good()))
            .replaceAll(name -> name.group().toUpperCase(Locale.ROOT));
    assertThat(member.read().apply(bytes(loud))).isEqualTo(read);
    assertThat(read).isNotEqualTo(member.without());
  }

  @ParameterizedTest
  @MethodSource("members")
  void nullIsAsGoodAsNoMember(Member member) {
    assertThat(member.with("null")).isEqualTo(member.without());
  }

  @ParameterizedTest
  @MethodSource("members")
  void unknownMembersBesideItAreSkipped(Member member) {
    assertThat(member.with(member.good() + ",unknown:{deep:[1,{a:null},['x']],flag:false}"))
        .isEqualTo(member.with(member.good()));
  }
}
