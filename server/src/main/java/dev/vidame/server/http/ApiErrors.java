package dev.vidame.server.http;

import dev.vidame.directory.Failure;
import dev.vidame.directory.users.Problem;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Every refusal of the API with its status, code and text (wire-spec §1.8, §2.11, §3.10, §7.10).
 * Texts for people who call the API; nothing internal goes into them.
 */
public final class ApiErrors {
  static final String ACCOUNTS = "UserAccounts";
  static final String FRONT_DOOR = "PartnerFD";
  static final String CONTROLLERS = "PartnerApiServiceControllers";

  private ApiErrors() {}

  public static ApiException tokenMissing() {
    return error(401, 800001, "Partner Token missing in request context", FRONT_DOOR);
  }

  public static ApiException accessDenied() {
    return error(401, 400, "Access denied", FRONT_DOOR);
  }

  public static ApiException audienceRefused(String audience) {
    return error(401, 900420, "The audience of the token is refused: %s", FRONT_DOOR, audience);
  }

  /** The refusal that a decision asks for. */
  public static ApiException denied(AccessDecision.Reason reason) {
    return switch (reason) {
      case APPLICATION_ONLY ->
          error(
              403,
              2032,
              "This resource can't be accessed by application credentials.",
              CONTROLLERS);
      case UNKNOWN_CALLER -> error(403, 2032, "Access denied", CONTROLLERS);
      case SECRET_GONE -> accessDenied();
      case NO_RELATIONSHIP ->
          error(403, 20002, "No relationship between caller and account.", FRONT_DOOR);
      case TENANT_GONE -> error(404, 60003, "Tenant not found", FRONT_DOOR);
      case ROLE_TOO_WEAK -> roleTooWeak(List.of());
    };
  }

  private static ApiException roleTooWeak(List<Text> data) {
    return new ApiException(
        403,
        900150,
        Text.of("The supplied role does not have the rights to perform the requested operation"),
        data,
        CONTROLLERS);
  }

  /**
   * A role that does not suffice on what is the caller's own, with those that would. Only for
   * customers of the caller's partner, as of others nothing may be told.
   */
  static ApiException roleTooWeak(SufficientRoles roles) {
    return roleTooWeak(SufficientRoleTexts.of(roles));
  }

  /** A form that came from no page of this server in the same browser. */
  public static ApiException formOfElsewhere() {
    return error(
        403,
        800002,
        "The form did not come from this page in this browser. Please try again.",
        FRONT_DOOR);
  }

  static ApiException tenantIdNotGuid() {
    return error(400, 2000, "Tenant Id must be a GUID.", CONTROLLERS);
  }

  /** A path with nothing where a customer's id belongs (live text, wire-spec §4.7). */
  static ApiException customerIdMissing() {
    return error(400, 2000, "Customer id is required.", CONTROLLERS);
  }

  /** A body that names a customer by what is no id, or names another one than the address. */
  public static ApiException invalidCustomerId() {
    return error(400, 900118, "Invalid Customer Id", CONTROLLERS);
  }

  public static ApiException userIdNotGuid() {
    return error(400, 2000, "User Id must be a GUID.", CONTROLLERS);
  }

  /** A request that cannot be understood; the detail says where. */
  public static ApiException invalidRequest(String template, Object... arguments) {
    return invalidRequest(Text.of(template, arguments));
  }

  private static ApiException invalidRequest(Text detail) {
    return new ApiException(
        400, 800002, Text.of("Invalid request input"), List.of(detail), CONTROLLERS);
  }

  /** A property, or a parameter of the query, with a value that is not allowed. */
  public static ApiException invalidProperty(
      String property, String template, Object... arguments) {
    return invalidProperties(List.of(new PropertyText(property, Text.of(template, arguments))));
  }

  /** A property with a value that is not allowed, and what is wrong with it. */
  public static ApiException invalidProperty(String property, Text fault) {
    return invalidProperties(List.of(new PropertyText(property, fault)));
  }

  /** A filter that compares a field in a way that the field does not have. */
  public static ApiException operatorNotAllowed(String field, String operator) {
    return error(
        400, 2000, "The field %s cannot be compared with %s.", CONTROLLERS, field, operator);
  }

  /** A search of customers that is neither for a prefix nor for a value (live text, §2.1). */
  public static ApiException customerSearchOperator() {
    return error(
        400, 2000, "Customer search only allows starts with and equals operation.", CONTROLLERS);
  }

  /** A text that names no value of its enum. */
  public static ApiException unknownEnum(String text) {
    return error(400, 900126, "Unable to parse enum: %s", CONTROLLERS, text);
  }

  /** A way through a list that is not offered. */
  public static ApiException seekNotSupported() {
    return error(400, 900141, "This operation is not supported", CONTROLLERS);
  }

  static ApiException staleTag(List<String> changedFields) {
    return new ApiException(
        400,
        2055,
        Text.of("Etag is no longer valid"),
        changedFields.stream().map(ApiErrors::literally).toList(),
        ACCOUNTS);
  }

  /** A route, or what a path names on it, that does not exist. */
  public static ApiException notFound() {
    return error(404, 1000, "Not found", CONTROLLERS);
  }

  public static ApiException methodNotAllowed(List<String> allowed) {
    return error(405, 800002, "The method is not allowed on this path.", CONTROLLERS)
        .with("Allow", String.join(", ", allowed));
  }

  static ApiException notAcceptable() {
    return error(406, 800002, "Answers are JSON; Accept must allow application/json.", CONTROLLERS);
  }

  static ApiException bodyTooLarge() {
    return error(413, 800002, "The body is larger than 256 KiB.", CONTROLLERS);
  }

  static ApiException unsupportedMediaType() {
    return error(415, 800002, "The body must be JSON, sent as application/json.", CONTROLLERS);
  }

  /**
   * Who asks too often. The form is that of the gateway before the live service, as clients know it
   * (wire-spec §7.4), and so are its words, in every language.
   *
   * @param wait how long to wait at least
   */
  public static Answer rateLimitExceeded(Duration wait) {
    long seconds = Math.ceilDiv(wait.toNanos(), Duration.ofSeconds(1).toNanos());
    String body =
        "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in "
            + seconds
            + " seconds.\" }";
    return Answer.json(
        429,
        body.getBytes(StandardCharsets.UTF_8),
        new Answer.Header("Retry-After", Long.toString(seconds)));
  }

  /**
   * One more of what may be done so often only. Not 429: clients would repeat it without end.
   *
   * @param wait how long to wait at least
   */
  static ApiException tooManyChanges(Duration wait) {
    String seconds = Long.toString(Math.ceilDiv(wait.toNanos(), Duration.ofSeconds(1).toNanos()));
    return error(
        403,
        2000,
        "More accounts are changed so than is allowed within a minute. Try again in %s seconds.",
        CONTROLLERS,
        seconds);
  }

  public static ApiException notOffered() {
    return error(501, 0, "This operation is not offered.", CONTROLLERS);
  }

  static ApiException stopping() {
    return error(503, 800003, "The server is stopping. Try again.", CONTROLLERS)
        .with("Retry-After", "1");
  }

  /** A body for which the server has no room at the moment. */
  static ApiException bodiesFull() {
    return of(new Failure.Overloaded(Duration.ofSeconds(1)));
  }

  static ApiException unexpected() {
    return error(500, 800003, "Unexpected service error", CONTROLLERS);
  }

  static ApiException malformedHttp(int status) {
    return error(status, 800002, "Invalid request input", CONTROLLERS);
  }

  /** The refusal for a body that cannot be read. */
  static ApiException of(WireFormatException e) {
    return switch (e.kind()) {
      case UNREADABLE ->
          invalidRequest(
              e.parameter().isEmpty()
                  ? text(e)
                  : new PropertyText(e.parameter(), text(e)).in("%s:"));
      case UNKNOWN_ENUM -> new ApiException(400, 900126, text(e), List.of(), CONTROLLERS);
      case INVALID_PROPERTY -> invalidProperties(List.of(new PropertyText(e.property(), text(e))));
    };
  }

  private static Text text(WireFormatException e) {
    return new Text(e.template(), e.arguments());
  }

  /** The refusal for what the directory would not do. */
  public static ApiException of(Failure failure) {
    return switch (failure) {
      case Failure.UserNotFound ignored ->
          error(404, 60002, "User object Id is not found", ACCOUNTS);
      case Failure.Invalid invalid ->
          invalidProperties(invalid.problems().stream().map(PropertyText::of).toList());
      case Failure.Conflict conflict -> conflict(conflict.property());
      case Failure.VersionMismatch mismatch -> staleTag(mismatch.changedFields());
      case Failure.DomainTaken taken ->
          new ApiException(
              409,
              990002,
              Text.of("The domain %s belongs to a customer already.", taken.domain()),
              List.of(literally(taken.domain())),
              CONTROLLERS);
      case Failure.CountryDuty duty -> countryDuty(duty.kind());
      case Failure.NoRelationship ignored -> denied(AccessDecision.Reason.NO_RELATIONSHIP);
      case Failure.TenantGone ignored -> denied(AccessDecision.Reason.TENANT_GONE);
      case Failure.SandboxLimit ignored ->
          error(400, 800018, "The sandbox limit has been met", CONTROLLERS);
      case Failure.NotSandbox ignored ->
          error(403, 600006, "The requested action is not allowed.", CONTROLLERS);
      case Failure.RightTooNarrow ignored -> denied(AccessDecision.Reason.ROLE_TOO_WEAK);
      case Failure.OutOfLicenses out -> outOfLicenses(out);
      case Failure.NoUnitsLeft none -> OwnErrors.noUnitsLeft(none.skuIds());
      case Failure.NameTakenMeanwhile taken -> OwnErrors.nameTakenMeanwhile(taken.name());
      case Failure.NoSuchPlace place -> OwnErrors.noSuchPlace(place.isAhead());
      case Failure.RequestIdReused ignored ->
          error(
              409,
              990003,
              "MS-RequestId was used before for a request with another body.",
              CONTROLLERS);
      case Failure.Overloaded overloaded ->
          error(503, 800003, "Too much waits already. Try again.", CONTROLLERS)
              .with("Retry-After", Long.toString(overloaded.retryAfter().toSeconds()));
      case Failure.StoreUnavailable ignored ->
          error(503, 800003, "Unexpected service error", CONTROLLERS).with("Retry-After", "1");
    };
  }

  /** What a broken rule says. */
  public static Text text(Problem problem) {
    return RuleTexts.of(problem);
  }

  /** The sentence that says why the directory would not do something, in English. */
  public static String inWords(Failure failure) {
    return of(failure).description();
  }

  private static ApiException countryDuty(Failure.CountryDuty.Kind kind) {
    return switch (kind) {
      case ORGANIZATION_NUMBER_NOT_TAKEN ->
          error(
              400,
              600002,
              "The organization registration number is not taken for this country.",
              CONTROLLERS);
      case ORGANIZATION_NUMBER_MISSING ->
          error(
              400,
              600049,
              "The organization registration number is required for this country.",
              CONTROLLERS);
      case ORGANIZATION_NUMBER_MALFORMED ->
          error(
              400,
              600050,
              "The organization registration number does not have the form of this country's.",
              CONTROLLERS);
      case PHONE_NUMBER_MISSING ->
          error(400, 600051, "The phone number is required for this country.", CONTROLLERS);
    };
  }

  /** Programs read the detail, so it is the same in every language (wire-spec §5.4). */
  private static ApiException outOfLicenses(Failure.OutOfLicenses out) {
    String detail =
        "LicenseQuotaExceededException : Subscription with Account "
            + out.customer()
            + " and SKU "
            + out.skuId()
            + " does not have any available licenses left.";
    return new ApiException(
        400,
        60012,
        Text.of("No license of the product is left. Free one or buy more, and then try again."),
        List.of(literally(detail)),
        FRONT_DOOR);
  }

  private static ApiException conflict(String property) {
    return new ApiException(
        409,
        990001,
        Text.of("Another object with the same value for property %s already exists.", property),
        List.of(literally(property)),
        ACCOUNTS);
  }

  private static ApiException invalidProperties(List<PropertyText> problems) {
    PropertyText first = problems.getFirst();
    return new ApiException(
        400,
        3000,
        first.in("Invalid property: %s."),
        problems.stream().map(problem -> problem.in("%s:")).toList(),
        ACCOUNTS);
  }

  static ApiException error(
      int status, int code, String template, String source, Object... arguments) {
    return new ApiException(status, code, Text.of(template, arguments), List.of(), source);
  }

  static Text literally(String name) {
    return Text.of("%s", name);
  }

  /** A property and what is wrong with it. */
  private record PropertyText(String property, Text text) {
    static PropertyText of(Problem problem) {
      return new PropertyText(problem.property(), RuleTexts.of(problem));
    }

    Text in(String frame) {
      return text.behind(Text.of(frame, property));
    }
  }
}
