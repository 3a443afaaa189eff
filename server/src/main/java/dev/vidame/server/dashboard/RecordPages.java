package dev.vidame.server.dashboard;

import dev.vidame.directory.audit.AuditEntry;
import dev.vidame.directory.audit.AuditEntry.Change;
import dev.vidame.directory.audit.AuditEntry.Refusal;
import dev.vidame.directory.audit.AuditQuery;
import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.audit.AuditTrail.Listed;
import dev.vidame.directory.customers.Customer;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.paging.Page;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of who did what, the newest first. Thread-safe. */
final class RecordPages {
  private static final String RECORDS = "/dashboard/records";

  private final Desk desk;

  RecordPages(Desk desk) {
    this.desk = desk;
  }

  /**
   * What of the history is wanted.
   *
   * @param customer only what was about it; null for all
   * @param what the code of an operation; empty for all
   * @param who a part of the name of who did it; empty for all
   * @param from the first day; null for the oldest that is told
   * @param to the last day; null for today
   */
  @SuppressWarnings("TooManyParameters") // all that a history can be asked for with
  record Wish(
      @Nullable CustomerId customer,
      String what,
      String who,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    /** The same as parameters of an address. */
    Map<String, String> parameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      put(parameters, "customer", customer);
      put(parameters, "what", what);
      put(parameters, "who", who);
      put(parameters, "from", from);
      put(parameters, "to", to);
      return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
      String text = value == null ? "" : value.toString();
      if (!text.isEmpty()) {
        parameters.put(name, text);
      }
    }

    /** As a field of a form has it. */
    static String text(@Nullable Object value) {
      return value == null ? "" : value.toString();
    }
  }

  /**
   * A kind of change that can be asked for.
   *
   * @param code its code
   * @param name what people call it
   */
  record Kind(String code, Text name) {}

  /**
   * A property before and after.
   *
   * @param field what people call it
   * @param before its value before
   * @param after its value after
   */
  record Difference(Text field, Text before, Text after) {}

  /**
   * Something that was done, or refused.
   *
   * @param at when
   * @param who by whom
   * @param what what it was
   * @param customerName whom it was about; empty for nobody
   * @param path of the account or the customer that it was about; null for none
   * @param differences what changed
   * @param refusal why it was refused; null where it was done
   */
  @SuppressWarnings("TooManyParameters") // all that a line shows
  record Row(
      Instant at,
      Text who,
      Text what,
      String customerName,
      @Nullable String path,
      List<Difference> differences,
      @Nullable Text refusal) {
    Row {
      differences = List.copyOf(differences);
    }
  }

  /**
   * The page.
   *
   * @param frame what every page has
   * @param wish what was wanted
   * @param customerName the customer that was asked for; empty for none
   * @param chain where the customer's journal is checked; null where the reader may not
   * @param kinds what can be asked for
   * @param rows those on the page
   * @param neighbours the pages before and behind
   * @param days how often what was done; null where only the list is wanted
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Listing(
      Frame frame,
      Wish wish,
      String customerName,
      @Nullable String chain,
      List<Kind> kinds,
      List<Row> rows,
      Lists.Neighbours neighbours,
      @Nullable ChangesByDay days) {}

  List<Route> routes() {
    return List.of(Route.pageOnPartner("GET", RECORDS, Operation.LIST_AUDIT_RECORDS, this::list));
  }

  private Answer list(Call call) {
    Wish wish = wish(call);
    Map<String, String> parameters = wish.parameters();
    Page<Listed<AuditEntry>> page =
        desk.directory()
            .audit()
            .page(
                query(call, wish),
                desk.lists().wanted(call, parameters),
                RecordPages::told,
                condition(wish));
    return desk.templates()
        .page(
            200,
            "records",
            new Listing(
                desk.frame(call, Text.of("Records")),
                wish,
                customerName(call, wish),
                chain(call, wish.customer()),
                kinds(),
                page.items().stream().map(listed -> row(listed.record())).toList(),
                desk.lists().neighbours(call, RECORDS, parameters, page, Listed::key),
                days(call, wish)));
  }

  /** A script that follows somebody's typing takes the list of the page, and nothing else. */
  private @Nullable ChangesByDay days(Call call, Wish wish) {
    if (call.request().header(Dashboard.OF_SCRIPT).isPresent()) {
      return null;
    }
    ZoneId zone = Templates.zone(call.request());
    Instant now = desk.clock().instant();
    return ChangesByDay.of(
        desk.directory()
            .audit()
            .tally(call.caller().partner(), wish.customer(), ChangesByDay.start(zone, now)),
        zone,
        now);
  }

  private static Wish wish(Call call) {
    return new Wish(
        call.query().first("customer").flatMap(Guid::parse).map(CustomerId::new).orElse(null),
        call.query()
            .first("what")
            .filter(code -> kinds().stream().anyMatch(kind -> kind.code().equals(code)))
            .orElse(""),
        call.query().first("who").orElse("").strip(),
        day(call, "from").orElse(null),
        day(call, "to").orElse(null));
  }

  private static Optional<LocalDate> day(Call call, String name) {
    try {
      return call.query().first(name).map(String::strip).map(LocalDate::parse);
    } catch (DateTimeException e) {
      return Optional.empty(); // browsers send a day or nothing
    }
  }

  private AuditQuery query(Call call, Wish wish) {
    ZoneId zone = Templates.zone(call.request());
    Instant now = desk.clock().instant();
    Instant oldest = now.minus(AuditTrail.RETENTION);
    LocalDate from = wish.from();
    LocalDate to = wish.to();
    Instant first = from == null ? oldest : from.atStartOfDay(zone).toInstant();
    Instant last = to == null ? now : to.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1);
    return new AuditQuery(
        call.caller().partner(), wish.customer(), first.isBefore(oldest) ? oldest : first, last);
  }

  /** As for programs, what operators do is not told; what admin agents do here is. */
  private static List<AuditEntry> told(AuditEntry entry) {
    return switch (entry.event()) {
      case Change change ->
          RecordTexts.done(change.operation()).isPresent()
                  || AdminRecordTexts.isTold(entry, change.operation())
              ? List.of(entry)
              : List.of();
      case Refusal refusal -> List.of(entry);
    };
  }

  private static Predicate<AuditEntry> condition(Wish wish) {
    String who = Folded.of(wish.who());
    return entry ->
        (wish.what().isEmpty() || wish.what().equals(code(entry)))
            && (who.isEmpty() || Folded.of(RecordTexts.who(entry.who()).toString()).contains(who));
  }

  private static String code(AuditEntry entry) {
    return switch (entry.event()) {
      case Change change -> change.operation().code();
      case Refusal refusal -> "refused";
    };
  }

  private static List<Kind> kinds() {
    return Stream.concat(
            Arrays.stream(dev.vidame.directory.journal.Operation.values())
                .flatMap(operation ->
                    RecordTexts.done(operation).or(() -> AdminRecordTexts.done(operation)).stream()
                        .map(name -> new Kind(operation.code(), name))),
            Stream.of(new Kind("refused", Text.of("Refused"))))
        .toList();
  }

  private String customerName(Call call, Wish wish) {
    CustomerId customer = wish.customer();
    if (customer == null) {
      return "";
    }
    return desk.rights().may(call, customer, Operation.GET_CUSTOMER)
        ? desk.directory()
            .customers()
            .get(customer)
            .map(Customer::companyName)
            .orElse(customer.toString())
        : customer.toString();
  }

  private @Nullable String chain(Call call, @Nullable CustomerId customer) {
    return customer != null && desk.rights().may(call, customer, Operation.READ_CHANGES)
        ? CustomerHead.path(customer) + "/chain"
        : null;
  }

  private static Row row(AuditEntry entry) {
    CustomerId customer = entry.customer();
    String customerName = Objects.requireNonNullElse(entry.customerName(), "");
    return switch (entry.event()) {
      case Change change ->
          new Row(
              entry.at(),
              RecordTexts.who(entry.who()),
              RecordTexts.done(change.operation())
                  .or(() -> AdminRecordTexts.done(change.operation()))
                  .orElseThrow(),
              customerName,
              AdminRecordTexts.done(change.operation()).isPresent()
                  ? AdminRecordTexts.path(change.operation(), change.subject())
                  : path(customer, change.subject().toString()),
              change.fields().stream().flatMap(RecordPages::difference).toList(),
              null);
      case Refusal refusal ->
          new Row(
              entry.at(),
              RecordTexts.who(entry.who()),
              RecordTexts.tried(refusal.operation()),
              customerName,
              path(customer, refusal.subject()),
              List.of(),
              RecordTexts.reason(refusal.reason().description()));
    };
  }

  private static @Nullable String path(@Nullable CustomerId customer, @Nullable String subject) {
    if (customer == null) {
      return null;
    }
    boolean isAccount =
        subject != null
            && Guid.parse(subject).isPresent()
            && !subject.equalsIgnoreCase(customer.toString());
    return CustomerHead.path(customer) + (isAccount ? "/users/" + subject : "");
  }

  private static Stream<Difference> difference(FieldChange change) {
    Text field = RecordTexts.field(change);
    return field == null
        ? Stream.empty()
        : Stream.of(
            new Difference(
                field,
                RecordTexts.value(change, change.before(), false),
                RecordTexts.value(change, change.after(), true)));
  }
}
