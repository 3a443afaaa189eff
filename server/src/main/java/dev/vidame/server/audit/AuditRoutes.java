package dev.vidame.server.audit;

import dev.vidame.directory.audit.AuditQuery;
import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.audit.AuditTrail.Listed;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.moments.Moment;
import dev.vidame.server.paging.ListRequest;
import dev.vidame.server.paging.ListRules;
import dev.vidame.server.paging.Paging;
import dev.vidame.wire.AuditRecord;
import dev.vidame.wire.Filter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of audit records (wire-spec §6). Thread-safe. */
public final class AuditRoutes {
  private static final String RECORDS = "/v1/auditrecords";
  private static final String START = "startDate";
  private static final String END = "endDate";
  private static final String FILTER = "filter";
  private static final ListRules RULES = ListRules.of(START, END, FILTER);

  /** How far back a list goes where nobody says. */
  private static final Duration USUAL = Duration.ofDays(30);

  private final AuditTrail trail;
  private final Paging paging;
  private final Clock clock;

  /** Routes over what was done and tried. */
  public AuditRoutes(AuditTrail trail, Paging paging, Clock clock) {
    this.trail = trail;
    this.paging = paging;
    this.clock = clock;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.onPartner("GET", RECORDS, Operation.LIST_AUDIT_RECORDS, this::list),
        Route.onPartner("GET", RECORDS + "/{record}", Operation.GET_AUDIT_RECORD, this::get));
  }

  private Answer list(Call call) {
    ListRequest request = paging.read(call, RULES);
    Period period = period(request);
    AuditFilter filter =
        request
            .parameter(FILTER)
            .map(Filter::fromJson)
            .map(AuditFilter::of)
            .orElse(AuditFilter.ALL);
    AuditQuery query =
        new AuditQuery(
            call.caller().partner(), filter.customerOrNull(), period.from(), period.until());
    boolean isJava = call.request().isOfJavaClient();
    return Answer.json(
        200,
        paging
            .show(
                call,
                new ListRequest(request.page(), request.parameters(), effective(request, period)),
                "/auditrecords",
                trail.page(query, request.page(), AuditRecords::of, filter.condition()),
                Listed::key,
                listed -> AuditRecords.readable(listed.record(), isJava).toJson())
            .toJson());
  }

  /** From the first moment to the last, both included. */
  private record Period(Instant from, Instant until) {}

  private Period period(ListRequest request) {
    Instant now = clock.instant();
    Optional<Moment> start = request.parameter(START).map(text -> moment(START, text));
    Optional<Moment> end = request.parameter(END).map(text -> moment(END, text));
    Instant from = start.map(Moment::first).orElse(now.minus(USUAL));
    Instant until = end.map(Moment::last).orElse(now);
    if (from.isBefore(dayOf(now.minus(AuditTrail.RETENTION)))) {
      throw ApiErrors.invalidProperty(
          START, "Records are kept for %s days.", AuditTrail.RETENTION.toDays());
    }
    if (start.isPresent() && end.isPresent() && until.isBefore(from)) {
      throw ApiErrors.invalidProperty(END, "The value must not be before startDate.");
    }
    return new Period(from, until);
  }

  private static Moment moment(String parameter, String text) {
    return Moment.parse(text)
        .orElseThrow(() ->
            ApiErrors.invalidProperty(
                parameter, "The value must be a date, as 2026-07-01 or 2026-07-01T12:00:00Z."));
  }

  private static Instant dayOf(Instant moment) {
    return day(moment).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  /** What the self link shows: what counted, and not only what was sent. */
  private static Map<String, String> effective(ListRequest request, Period period) {
    Map<String, String> effective = new LinkedHashMap<>();
    effective.put(START, day(period.from()).toString());
    if (request.parameter(END).isPresent()) {
      effective.put(END, day(period.until()).toString());
    }
    effective.put("size", Integer.toString(request.page().size()));
    request.parameter(FILTER).ifPresent(filter -> effective.put(FILTER, filter));
    return effective;
  }

  private Answer get(Call call) {
    PartnerId partner = call.caller().partner();
    String id = call.parameter(0);
    AuditRecord record =
        RecordId.parse(id)
            .filter(parsed -> parsed.partner().equals(partner))
            .flatMap(parsed -> parsed.find(trail))
            .stream()
            .flatMap(entry -> AuditRecords.of(entry).stream())
            .filter(found -> found.id().equalsIgnoreCase(id))
            .findFirst()
            .orElseThrow(ApiErrors::notFound);
    return Answer.json(
        200, AuditRecords.readable(record, call.request().isOfJavaClient()).toJson());
  }
}
