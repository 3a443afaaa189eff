package dev.vidame.server.http;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.MayLag;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.operators.Operator;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.logs.RequestContext;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.server.tokens.Caller;
import dev.vidame.server.tracing.Tracing;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.WireFormatException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: finds the route, the caller and the decision, lets the handler work, and turns
 * every refusal into its body. Thread-safe.
 */
public final class Api implements Answering {
  private static final System.Logger LOG = System.getLogger(Api.class.getName());

  /** The second and later versions, as {@code v2}, {@code 2.0} or {@code api-version: v2}. */
  private static final Pattern LATER_CONTRACT =
      Pattern.compile("(?i)(api-version:\\s*)?v?0*([2-9]|[1-9][0-9]+)(\\..*)?");

  private final Router router;
  private final Authenticator authenticator;
  private final Standings standings;
  private final RefusalListener refusals;
  private final RequestMetrics metrics;
  private final Throttle throttle;
  private final InstantSource clock;
  private final Tracing tracing;
  private final Pages pages;

  /** Finds out who calls. */
  @FunctionalInterface
  public interface Authenticator {
    /**
     * The caller that the header's token stands for.
     *
     * @param client from where it comes
     * @throws ApiException when there is no token, or it is not good
     * @throws Throttled when it was not looked at, because too many from there were not good
     */
    Caller authenticate(Optional<String> authorization, InetAddress client);

    /**
     * The operator whose secret the header holds.
     *
     * @throws ApiException when there is none, or it is nobody's; always where there are no
     *     operators
     */
    default Operator operator(Optional<String> authorization) {
      throw ApiErrors.accessDenied();
    }
  }

  /** Finds out what a caller is to a customer, or to its partner. */
  @FunctionalInterface
  public interface Standings {
    /** Empty where the partner has no such application or agent, or has it disabled. */
    Optional<Standing> of(Bearer bearer, @Nullable CustomerId customer);
  }

  /** Is told of refusals. */
  @FunctionalInterface
  public interface RefusalListener {
    /**
     * A caller who is known asked for an operation and was refused, for a reason that the caller
     * can do something about.
     */
    void refused(Call call, Operation operation, ApiException refusal);
  }

  /** The API of these routes; nothing is traced, and there are no pages. */
  @SuppressWarnings("TooManyParameters") // all that a request meets on its way
  public Api(
      List<Route> routes,
      Authenticator authenticator,
      Throttle throttle,
      Standings standings,
      RefusalListener refusals,
      RequestMetrics metrics,
      InstantSource clock) {
    this(
        routes,
        authenticator,
        throttle,
        standings,
        refusals,
        metrics,
        clock,
        Tracing.none(),
        Pages.none());
  }

  /** The API of these routes. */
  @SuppressWarnings("TooManyParameters") // all that a request meets on its way
  public Api(
      List<Route> routes,
      Authenticator authenticator,
      Throttle throttle,
      Standings standings,
      RefusalListener refusals,
      RequestMetrics metrics,
      InstantSource clock,
      Tracing tracing,
      Pages pages) {
    this.router = new Router(routes);
    this.authenticator = authenticator;
    this.throttle = throttle;
    this.standings = standings;
    this.refusals = refusals;
    this.metrics = metrics;
    this.clock = clock;
    this.tracing = tracing;
    this.pages = pages;
  }

  /** Answers a request. Never throws. */
  @Override
  public Answer answer(Request request, Correlation correlation) {
    long start = System.nanoTime();
    Progress progress = new Progress(correlation);
    RequestContext context = progress.context;
    Tracing.RequestSpan span = tracing.begin(request);
    String trace = span.trace();
    if (trace != null) {
      context.trace(trace);
    }
    Answer answer = context.run(() -> guarded(request, correlation, progress));
    span.end(context, progress.answered(answer.status()));
    metrics.answered(
        context.operation(), answer.status(), System.nanoTime() - start - context.waitedNanos());
    throttle.holdIfHasty(request, answer);
    return answer;
  }

  @Override
  public void letHeldAnswersGo() {
    throttle.letGo();
  }

  /** The edge: beyond it every exception has become an answer. */
  private Answer guarded(Request request, Correlation correlation, Progress progress) {
    try {
      return routed(request, correlation, progress);
    } catch (Throttled e) {
      Answer tooSoon = throttle.refuse(e, progress.context.operation());
      return forReader(request, correlation, tooSoon, null);
    } catch (ApiException e) {
      return refused(request, correlation, progress, e);
    } catch (WireFormatException e) {
      return refused(request, correlation, progress, ApiErrors.of(e));
    } catch (DirectoryException e) {
      if (e.failure() instanceof Failure.StoreUnavailable) {
        LOG.log(System.Logger.Level.ERROR, "Request " + correlation.requestId() + ": store", e);
      }
      return refused(request, correlation, progress, refusal(e.failure(), progress.asked));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Request " + correlation.requestId() + " failed", e);
      return refused(request, correlation, progress, ApiErrors.unexpected());
    }
  }

  private static ApiException refusal(Failure failure, @Nullable Asked asked) {
    return asked == null || !(failure instanceof Failure.RightTooNarrow)
        ? ApiErrors.of(failure)
        : Denials.rightTooNarrow(asked.call(), asked.operation());
  }

  private Answer refused(
      Request request, Correlation correlation, Progress progress, ApiException refusal) {
    Asked asked = progress.asked;
    if (asked != null && isForCallerToMend(refusal.status())) {
      try {
        refusals.refused(asked.call(), asked.operation(), refusal);
      } catch (DirectoryException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "Request " + correlation.requestId() + ": its refusal could not be recorded",
            e);
      }
    }
    return forReader(request, correlation, refusal.answer(Call.language(request)), refusal);
  }

  /** People get a page; where that cannot be made, what programs get. */
  private Answer forReader(
      Request request, Correlation correlation, Answer refusal, @Nullable ApiException why) {
    if (!pages.have(request)) {
      return refusal;
    }
    try {
      return pages.shown(request, correlation, refusal, why);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Request " + correlation.requestId() + ": its page", e);
      return refusal;
    }
  }

  /** What the server could not do is in its log. */
  private static boolean isForCallerToMend(int status) {
    return status >= 400 && status < 500;
  }

  private Answer routed(Request request, Correlation correlation, Progress progress) {
    ApiPath path = ApiPath.of(request.rawPath());
    Router.Match match = router.match(request.method(), path);
    if (path.lacksCustomer() && !match.isOnPartner()) {
      throw ApiErrors.customerIdMissing();
    }
    return switch (match) {
      case Router.Unknown unknown -> throw ApiErrors.notFound();
      case Router.WrongMethod wrong -> throw ApiErrors.methodNotAllowed(wrong.allowed());
      case Router.Found found -> {
        progress.found(found);
        Route.Access access = found.route().access();
        Call unadmitted =
            new Call(request, path, found.parameters(), correlation, Call.Admission.ofAnybody());
        Call call = admitted(unadmitted, access, progress);
        if (!(access instanceof Route.Open)) {
          request.becomesKnown();
        }
        Handler handler = found.route().handler();
        yield held(
            call,
            () ->
                mayLag(request, access)
                    ? MayLag.reading(() -> handler.handle(call))
                    : handler.handle(call));
      }
    };
  }

  /** Whatever a handler asks of the store is for the caller's partner. */
  private static Answer held(Call call, Supplier<Answer> handler) {
    return call.partner().map(partner -> OnBehalf.of(partner, handler)).orElseGet(handler);
  }

  /**
   * As Microsoft Graph calls it. Who may do what is never read from a copy, and what is open to
   * everybody is mostly about that: pages to sign in, and keys.
   */
  private static boolean mayLag(Request request, Route.Access access) {
    return !(access instanceof Route.Open)
        && request.method().equals("GET")
        && request.header("ConsistencyLevel").filter("eventual"::equalsIgnoreCase).isPresent();
  }

  private Call admitted(Call call, Route.Access access, Progress progress) {
    return switch (access) {
      case Route.Open open -> call;
      case Route.OnCustomer on -> admitted(call, on.operation(), call.parameter(0), progress);
      case Route.Page page -> admitted(call, page, progress);
      case Route.ForOperator ours -> admittedOperator(call);
      case Route.OnPartner on -> admitted(call, on.operation(), null, progress);
    };
  }

  private Call admittedOperator(Call call) {
    Operator operator = authenticator.operator(authorization(call.request()));
    requireJsonAccepted(call.request());
    requireKnownContract(call.request());
    return call.admitting(Call.Admission.ofOperator(operator));
  }

  private Call admitted(
      Call call, Operation operation, @Nullable String customer, Progress progress) {
    Request request = call.request();
    Caller caller = authenticator.authenticate(authorization(request), request.client());
    progress.context.partner(caller.partner());
    throttle.admit(caller.partner(), customer);
    Call known = call.admitting(Call.Admission.of(caller));
    progress.asked = new Asked(known, operation);
    requireJsonAccepted(request);
    requireKnownContract(request);
    return decided(known, operation, customer);
  }

  /** As above, for who has signed in at a page: only how the caller is known differs. */
  private Call admitted(Call call, Route.Page page, Progress progress) {
    String customer = page.isOnCustomer() ? call.parameter(0) : null;
    Caller caller = pages.authenticate(call);
    progress.context.partner(caller.partner());
    throttle.admit(caller.partner(), customer);
    Call known = call.admitting(Call.Admission.of(caller));
    pages.requireOurForm(call);
    progress.asked = new Asked(known, page.operation());
    return decided(known, page.operation(), customer);
  }

  private Call decided(Call known, Operation operation, @Nullable String customer) {
    Caller caller = known.caller();
    boolean isAgent = caller.agent() != null;
    Bearer bearer =
        new Bearer(caller.partner(), caller.application(), caller.secret(), caller.agent());
    Optional<Standing> standing =
        isAgent || operation.isOpenToApplications() || isLetAlone(bearer, operation)
            ? standings.of(bearer, customer == null ? null : Call.customer(customer))
            : Optional.empty();
    return switch (AccessDecision.decide(isAgent, operation, standing, clock.instant())) {
      case AccessDecision.Allow all -> known;
      case AccessDecision.AllowWithin(UpdateReach reach) ->
          known.admitting(Call.Admission.within(reach, caller));
      case AccessDecision.Deny(AccessDecision.Reason reason) -> {
        ApiException refusal = Denials.of(known, operation, reason);
        if (operation.endsRelationship() && reason.isOfRelationship()) {
          yield known.admitting(Call.Admission.ofRepetition(caller, refusal));
        }
        throw refusal;
      }
    };
  }

  /** Asked before the customer is looked at, of which others hear nothing. */
  private boolean isLetAlone(Bearer bearer, Operation operation) {
    AccessDecision decision =
        AccessDecision.decide(false, operation, standings.of(bearer, null), clock.instant());
    return !(decision instanceof AccessDecision.Deny deny)
        || deny.reason() != AccessDecision.Reason.APPLICATION_ONLY;
  }

  /** Of two, a proxy may have looked at the other one. */
  private static Optional<String> authorization(Request request) {
    List<String> lines = request.headers("Authorization");
    if (lines.size() > 1) {
      throw ApiErrors.accessDenied();
    }
    return lines.stream().findFirst();
  }

  private static void requireJsonAccepted(Request request) {
    List<String> lines = request.headers("Accept");
    if (!lines.isEmpty() && !Media.allowsJson(String.join(",", lines))) {
      throw ApiErrors.notAcceptable();
    }
  }

  /** The header is optional and comes in many spellings, so only a later version is refused. */
  private static void requireKnownContract(Request request) {
    Optional<String> version = request.header("MS-Contract-Version");
    if (version.isPresent() && LATER_CONTRACT.matcher(version.get().strip()).matches()) {
      throw ApiErrors.invalidRequest("MS-Contract-Version must be v1.");
    }
  }

  /** A call of somebody who is known, and what they want. */
  private record Asked(Call call, Operation operation) {}

  /** How far a request came. */
  private static final class Progress {
    private final RequestContext context;
    private Router.@Nullable Found found;
    private @Nullable Asked asked;

    Progress(Correlation correlation) {
      context = new RequestContext(correlation.requestId(), correlation.correlationId());
    }

    void found(Router.Found route) {
      found = route;
      context.operation(route.route().name());
    }

    Tracing.Answered answered(int status) {
      return found == null
          ? new Tracing.Answered(null, List.of(), status)
          : new Tracing.Answered(found.route().template(), found.parameters(), status);
    }
  }
}
