package dev.vidame.server.settings;

import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.server.bulk.BulkRuns;
import dev.vidame.server.dashboard.Dashboard;
import dev.vidame.server.settings.Setting.Range;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Whether there is a dashboard, and how long people stay signed in: a part of {@link Settings}. */
public final class DashboardSettings {
  private static final int KIBI = 1024;

  static final Setting<Boolean> ENABLED =
      Setting.flag("dashboard.enabled", true, "Serves the pages for agents at /dashboard.");

  static final Setting<Integer> IDLE_MINUTES =
      Setting.number(
          "dashboard.session-idle-minutes",
          30,
          new Range(1, 1_440),
          "After how long without a request an agent has to sign in there again.");

  static final Setting<Integer> SESSION_HOURS =
      Setting.number(
          "dashboard.session-hours",
          8,
          new Range(1, 168),
          "After how long an agent has to sign in there again in any case.");

  static final Setting<Integer> OF_AGENT =
      Setting.number(
          "dashboard.sessions-per-agent",
          5,
          new Range(1, 100),
          "In how many browsers an agent can be signed in there; a further one ends the session that was not used for longest.");

  static final Setting<Integer> IN_ALL =
      Setting.number(
          "dashboard.most-sessions",
          10_000,
          new Range(1, 1_000_000),
          "How many sessions there are at once; a further one ends the one that was not used for longest, of the partner that has the most.");

  static final Setting<Integer> BULK_KILOBYTES =
      Setting.number(
          "dashboard.bulk-most-kilobytes",
          4_096,
          new Range(1, 15_000),
          "How large a file of bulk changes may be that is uploaded there.");

  static final Setting<Integer> BULK_OF_AGENT =
      Setting.number(
          "dashboard.bulk-runs-per-agent",
          20,
          new Range(1, 1_000),
          "How many runs of bulk changes an agent may have there at once, ended ones too.");

  static final Setting<Integer> BULK_IN_ALL =
      Setting.number(
          "dashboard.bulk-most-runs",
          500,
          new Range(1, 100_000),
          "How many runs of bulk changes there are at once in all; their files lie in the folder bulk of data.folder.");

  static final Setting<Integer> BULK_DAYS =
      Setting.number(
          "dashboard.bulk-keep-days",
          14,
          new Range(1, 365),
          "After how many days a run's files are removed, and it can be undone no more.");

  static final Setting<Integer> BULK_ROWS =
      Setting.number(
          "dashboard.bulk-rows-at-once",
          8,
          new Range(1, 64),
          "How many rows of a run are under way at once, beside the requests of others.");

  private static final List<Setting<?>> OWN =
      List.of(
          ENABLED,
          IDLE_MINUTES,
          SESSION_HOURS,
          OF_AGENT,
          IN_ALL,
          BULK_KILOBYTES,
          BULK_OF_AGENT,
          BULK_IN_ALL,
          BULK_DAYS,
          BULK_ROWS);

  private final Settings all;

  DashboardSettings(Settings all) {
    this.all = all;
  }

  /** The table: other settings, then these. */
  static List<Setting<?>> after(List<Setting<?>> others) {
    return Stream.concat(others.stream(), OWN.stream()).toList();
  }

  /** What can differ. */
  public Dashboard.Options options() {
    return new Dashboard.Options(
        all.get(ENABLED),
        new DashboardSessions.Limits(
            Duration.ofMinutes(all.get(IDLE_MINUTES)),
            Duration.ofHours(all.get(SESSION_HOURS)),
            all.get(OF_AGENT),
            all.get(IN_ALL)),
        all.requiresMfa(),
        all.userRetention());
  }

  /** Where and how runs of bulk changes go on. */
  public BulkRuns.Options bulk() {
    return new BulkRuns.Options(
        all.store().folder().resolve("bulk"),
        all.get(BULK_KILOBYTES) * KIBI,
        all.get(BULK_OF_AGENT),
        all.get(BULK_IN_ALL),
        Duration.ofDays(all.get(BULK_DAYS)),
        all.get(BULK_ROWS));
  }
}
