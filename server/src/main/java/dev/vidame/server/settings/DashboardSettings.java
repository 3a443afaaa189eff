package dev.vidame.server.settings;

import dev.vidame.server.dashboard.Dashboard;
import dev.vidame.server.dashboard.Sessions;
import dev.vidame.server.settings.Setting.Range;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Whether there is a dashboard, and how long people stay signed in: a part of {@link Settings}. */
public final class DashboardSettings {
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
          "How many sessions there are at once; a further one ends the one that was not used for longest.");

  private static final List<Setting<?>> OWN =
      List.of(ENABLED, IDLE_MINUTES, SESSION_HOURS, OF_AGENT, IN_ALL);

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
        new Sessions.Limits(
            Duration.ofMinutes(all.get(IDLE_MINUTES)),
            Duration.ofHours(all.get(SESSION_HOURS)),
            all.get(OF_AGENT),
            all.get(IN_ALL)),
        all.requiresMfa(),
        all.userRetention());
  }
}
