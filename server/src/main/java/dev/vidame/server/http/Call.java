package dev.vidame.server.http;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.operators.Operator;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.server.texts.Language;
import dev.vidame.server.tokens.Caller;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request on its way to a handler: routed, named and, where the route asks for it, authorised.
 * Used by one thread.
 */
public final class Call {
  private final Request request;
  private final ApiPath path;
  private final List<String> parameters;
  private final Correlation correlation;
  private final Admission admission;

  /**
   * Who is let in, and how far.
   *
   * @param caller who calls, where the route wants to know
   * @param reach how far, where {@link dev.vidame.server.access.AccessDecision.AllowWithin} says so
   * @param refusal why they may no longer, unless they repeat a request
   * @param operator who calls, where it is one
   */
  record Admission(
      Optional<Caller> caller,
      Optional<UpdateReach> reach,
      Optional<ApiException> refusal,
      Optional<Operator> operator) {
    private Admission(
        Optional<Caller> caller, Optional<UpdateReach> reach, Optional<ApiException> refusal) {
      this(caller, reach, refusal, Optional.empty());
    }

    /** Somebody whom the route does not ask for. */
    static Admission ofAnybody() {
      return new Admission(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Admission ofOperator(Operator operator) {
      return new Admission(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(operator));
    }

    static Admission of(Caller caller) {
      return new Admission(Optional.of(caller), Optional.empty(), Optional.empty());
    }

    static Admission within(UpdateReach reach, Caller caller) {
      return new Admission(Optional.of(caller), Optional.of(reach), Optional.empty());
    }

    static Admission ofRepetition(Caller caller, ApiException refusal) {
      return new Admission(Optional.of(caller), Optional.empty(), Optional.of(refusal));
    }
  }

  @SuppressWarnings("TooManyParameters") // all that is known of a call, once
  Call(
      Request request,
      ApiPath path,
      List<String> parameters,
      Correlation correlation,
      Admission admission) {
    this.request = request;
    this.path = path;
    this.parameters = List.copyOf(parameters);
    this.correlation = correlation;
    this.admission = admission;
  }

  /** The same call of somebody who is let in. */
  Call admitting(Admission other) {
    return new Call(request, path, parameters, correlation, other);
  }

  /**
   * The part of this call that is about one of several accounts, which the path does not name: as a
   * call of its own, with the account as its last parameter.
   */
  public Call about(UserId account) {
    UUID name = UUID.nameUUIDFromBytes(utf8(correlation.requestId() + " " + account));
    List<String> named = new ArrayList<>(parameters);
    named.add(account.toString());
    return new Call(
        request, path, named, new Correlation(name, correlation.correlationId()), admission);
  }

  /** The request as it came. */
  public Request request() {
    return request;
  }

  /** The language of what people read of the answer. */
  public Language language() {
    return language(request);
  }

  static Language language(Request request) {
    return Language.of(request.header("X-Locale"), request.header("Accept-Language"));
  }

  /** The names that the request goes by. */
  public Correlation correlation() {
    return correlation;
  }

  /** The segments that stand for the template's braces, in order. */
  public List<String> parameters() {
    return parameters;
  }

  /** The segment that stands for the template's braces of this place, counted from 0. */
  public String parameter(int index) {
    return parameters.get(index);
  }

  /**
   * The customer that the path names.
   *
   * @throws ApiException when the first parameter is not a GUID
   */
  public CustomerId customer() {
    return customer(parameter(0));
  }

  static CustomerId customer(String text) {
    return Guid.parse(text).map(CustomerId::new).orElseThrow(ApiErrors::tenantIdNotGuid);
  }

  /** The parameters behind the question mark. */
  public Query query() {
    return Query.of(request.rawQuery());
  }

  /** The path in the one spelling that all requests to it share, without {@code /v1}. */
  public String canonicalPath() {
    return path.canonical();
  }

  /** For which partner the caller calls; empty where the route needs no caller of a partner. */
  Optional<PartnerId> partner() {
    return admission.caller().map(Caller::partner);
  }

  /** Who calls. Only on routes that need a caller. */
  public Caller caller() {
    return admission
        .caller()
        .orElseThrow(
            () -> new IllegalStateException("A route without access rules asked who calls"));
  }

  /**
   * How far the caller may change accounts; empty where that is not limited. Only on routes of
   * operations that some may do that far.
   */
  public Optional<UpdateReach> reach() {
    return admission.reach();
  }

  /**
   * What the call must be refused with unless it repeats one that succeeded. Only where the
   * operation ends the relationship that it needs.
   */
  public Optional<ApiException> refusal() {
    return admission.refusal();
  }

  /** The body, which must be JSON by its media type if it says one. */
  public byte[] jsonBody() {
    Optional<String> type = request.header("Content-Type");
    if (type.isPresent() && !Media.isJson(type.get())) {
      throw ApiErrors.unsupportedMediaType();
    }
    return request.body();
  }

  /** This call as the journal remembers it. */
  public ChangeRequest changeRequest(byte[] body) {
    return changeRequest(correlation.requestId(), body);
  }

  /** The same under another name, which the caller gave this request elsewhere than in a header. */
  public ChangeRequest changeRequest(UUID requestId, byte[] body) {
    Caller who = caller();
    Actor actor = new Actor(who.partner(), who.agent(), who.application());
    Fingerprint key =
        Fingerprint.of(
            utf8(who.partner().toString()),
            utf8(String.valueOf(who.agent())),
            utf8(who.application().toString()),
            utf8(request.method()),
            utf8(path.canonical()),
            utf8(requestId.toString()));
    return new ChangeRequest(
        actor, requestId, correlation.correlationId(), key, Fingerprint.of(body));
  }

  /**
   * This call as the journal remembers it, where an operator acts. Only on routes of operators.
   *
   * @param partner for whom, or {@link dev.vidame.directory.operators.Operators#NO_PARTNER}
   */
  public ChangeRequest operatorRequest(PartnerId partner, byte[] body) {
    Operator who =
        admission
            .operator()
            .orElseThrow(
                () -> new IllegalStateException("A route of others asked which operator calls"));
    Fingerprint key =
        Fingerprint.of(
            utf8("operator"),
            utf8(who.id().toString()),
            utf8(request.method()),
            utf8(path.canonical()),
            utf8(correlation.requestId().toString()));
    return new ChangeRequest(
        Actor.operator(partner, who.id()),
        correlation.requestId(),
        correlation.correlationId(),
        key,
        Fingerprint.of(body));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
