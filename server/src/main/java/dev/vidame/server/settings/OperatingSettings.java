package dev.vidame.server.settings;

import dev.vidame.directory.Checkpoints;
import dev.vidame.server.settings.Setting.Range;
import dev.vidame.server.tracing.Tracing;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a server is watched, and how its store works: a part of {@link Settings}. Immutable. */
public final class OperatingSettings {
  private static final int ALL_PERCENT = 100;
  private static final int USUAL_PAGES_PERCENT = 6;
  private static final int MOST_PAGES_PERCENT = 50;
  private static final String JSON = "json";

  static final Setting<String> LOG_FORMAT =
      new Setting<>(
          "log.format",
          "text",
          "text logs a line for people; json logs one JSON object a line, with the ids of the request.",
          text ->
              switch (text) {
                case "text", JSON -> text;
                default -> throw new IllegalArgumentException("must be text or json");
              });

  static final Setting<String> TRACING_ENDPOINT =
      new Setting<>(
          "tracing.endpoint",
          "",
          "Where traces go by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces; none are made without it.",
          text -> text.isEmpty() ? "" : Setting.baseUrl(text).toString());

  static final Setting<Integer> SAMPLED_PERCENT =
      Setting.number(
          "tracing.sampled-percent",
          ALL_PERCENT,
          new Range(0, ALL_PERCENT),
          "How many of a hundred requests are traced, where their traceparent does not say.");

  static final Setting<Checkpoints.By> CHECKPOINTS =
      new Setting<>(
          "store.checkpoints",
          Checkpoints.standard().by().name().toLowerCase(Locale.ROOT),
          "Who takes the log of a SQLite store into its file: commit, writer (between commits) or thread (while they go on).",
          text ->
              switch (text) {
                case "commit" -> Checkpoints.By.COMMIT;
                case "writer" -> Checkpoints.By.WRITER;
                case "thread" -> Checkpoints.By.THREAD;
                default -> throw new IllegalArgumentException("must be commit, writer or thread");
              });

  static final Setting<Integer> CHECKPOINT_PAGES =
      Setting.number(
          "store.checkpoint-pages",
          Checkpoints.standard().pages(),
          new Range(10, 100_000),
          "After how many pages of the log writer or thread do so; a page has 4 KiB.");

  static final Setting<Integer> MOST_CONNECTIONS =
      Setting.number(
          "listen.most-connections",
          0,
          new Range(0, 100_000),
          "How many connections there may be at once; further ones wait. 0 takes one for each 96 KiB that Java may take.");

  static final Setting<Integer> REMEMBERED_PAGES_PERCENT =
      Setting.number(
          "users.remembered-pages-percent",
          USUAL_PAGES_PERCENT,
          new Range(0, MOST_PAGES_PERCENT),
          "How many percent of Java's memory are for pages of accounts that were asked for before, answered again while their customer does not change; 0 remembers none. Not over PostgreSQL.");

  private static final List<Setting<?>> OWN =
      List.of(
          MOST_CONNECTIONS,
          LOG_FORMAT,
          TRACING_ENDPOINT,
          SAMPLED_PERCENT,
          CHECKPOINTS,
          CHECKPOINT_PAGES,
          REMEMBERED_PAGES_PERCENT);

  private final Settings all;

  OperatingSettings(Settings all) {
    this.all = all;
  }

  /** The table: other settings, then these. */
  static List<Setting<?>> after(List<Setting<?>> others) {
    return Stream.concat(others.stream(), OWN.stream()).toList();
  }

  /** Whether the log is for programs. */
  public boolean logsJson() {
    return all.get(LOG_FORMAT).equals(JSON);
  }

  /** Where traces go, if anywhere. */
  public Optional<Tracing.Destination> tracing() {
    String endpoint = all.get(TRACING_ENDPOINT);
    return endpoint.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tracing.Destination(URI.create(endpoint), all.get(SAMPLED_PERCENT)));
  }

  /** How many connections there may be at once; 0 for as many as the memory bears. */
  public int mostConnections() {
    return all.get(MOST_CONNECTIONS);
  }

  /** How many bytes of pages of accounts are remembered; 0 for none. */
  public long rememberedPagesBytes() {
    return Runtime.getRuntime().maxMemory() / ALL_PERCENT * all.get(REMEMBERED_PAGES_PERCENT);
  }

  /** When the store's log goes into its file. */
  public Checkpoints checkpoints() {
    return new Checkpoints(all.get(CHECKPOINTS), all.get(CHECKPOINT_PAGES));
  }
}
