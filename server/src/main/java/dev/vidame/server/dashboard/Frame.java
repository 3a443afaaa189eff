package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every page has: in which language and at which clock it is read, and by whom. Used by one
 * thread.
 */
final class Frame {
  private static final Pattern BEFORE_SIGN = Pattern.compile("[ \u00a0](?=[;:!?»](\\s|$|[.,)]))");
  private static final Pattern BEHIND_QUOTE = Pattern.compile("«[ \u00a0]?");

  private final Language language;
  private final ZoneId zone;
  private final Text title;
  private final Files files;
  private final Reader reader;

  /**
   * Who reads.
   *
   * @param session of whom; null where nobody is signed in
   * @param notice what is said of what was just done; null for nothing
   * @param may whether something may be done for the partner
   * @param newIds names forms
   */
  record Reader(
      @Nullable Session session,
      @Nullable Notice notice,
      Predicate<Operation> may,
      Supplier<UUID> newIds) {}

  @SuppressWarnings("TooManyParameters") // all that differs from page to page
  Frame(Language language, ZoneId zone, Text title, Files files, Reader reader) {
    this.language = language;
    this.zone = zone;
    this.title = title;
    this.files = files;
    this.reader = reader;
  }

  String languageTag() {
    return language.locale().getLanguage();
  }

  String title() {
    return say(title);
  }

  /** Where a file that the page needs is. */
  String file(String name) {
    return files.address(name);
  }

  boolean isSignedIn() {
    return reader.session() != null;
  }

  String agentName() {
    Session session = reader.session();
    return session == null ? "" : session.agent().displayName();
  }

  boolean maySeeRecords() {
    return reader.may().test(Operation.LIST_AUDIT_RECORDS);
  }

  boolean maySeeAgents() {
    return reader.may().test(Operation.LIST_AGENTS);
  }

  boolean maySeeApplications() {
    return reader.may().test(Operation.LIST_APPLICATIONS);
  }

  @Nullable Notice notice() {
    return reader.notice();
  }

  /** For forms. */
  String formToken() {
    Session session = reader.session();
    return session == null ? "" : session.formToken();
  }

  /** For a form, like no other. */
  String newRequest() {
    return reader.newIds().get().toString();
  }

  /** A text in the reader's language. */
  String say(String template, Object... arguments) {
    return say(Text.of(template, arguments));
  }

  /** A text in the reader's language, set as that language sets it. */
  String say(Text text) {
    return set(text.in(language));
  }

  /** A sentence that is in the reader's language already. */
  String set(String sentence) {
    if (language != Language.FRENCH) {
      return sentence;
    }
    String before = BEFORE_SIGN.matcher(sentence).replaceAll("\u202f");
    return BEHIND_QUOTE.matcher(before).replaceAll("«\u202f");
  }

  String number(long number) {
    return NumberFormat.getIntegerInstance(language.locale()).format(number);
  }

  /** A moment as the reader's clock shows it. */
  String time(Instant moment) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(language.locale())
        .withZone(zone)
        .format(moment);
  }

  /** A moment for programs. */
  String machineTime(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A moment in UTC, which is shown where somebody points at it. */
  String universalTime(Instant moment) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
        .withZone(ZoneOffset.UTC)
        .format(moment);
  }

  /** A day. */
  String date(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(language.locale())
        .format(day);
  }

  /** Whose days and hours are shown. */
  String zoneName() {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }
}
