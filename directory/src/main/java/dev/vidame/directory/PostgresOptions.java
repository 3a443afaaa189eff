package dev.vidame.directory;

import java.time.Duration;

/**
 * How a store on PostgreSQL is reached.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://host:port/database?…}, with whatever the driver
 *     takes there, such as {@code sslmode} and {@code sslrootcert}
 * @param replicaUrl the URL of a copy that follows, for {@link MayLag} reads; empty for none
 * @param user who signs in; empty where the URL says it
 * @param password with what; empty where the URL says it or none is asked for
 * @param connections how many are open at most, at least 2; half of them may change things at once
 * @param statementTimeout how long one statement may take
 * @param lockTimeout how long a change waits for another process that changes the same customer
 * @param hasPartnerWall whether the database itself keeps partners apart, by row-level security
 */
@SuppressWarnings("TooManyParameters") // each is one of the store's settings
public record PostgresOptions(
    String url,
    String replicaUrl,
    String user,
    String password,
    int connections,
    Duration statementTimeout,
    Duration lockTimeout,
    boolean hasPartnerWall) {
  private static final int CONNECTIONS = 16;
  private static final Duration STATEMENT = Duration.ofSeconds(30);
  private static final Duration LOCK = Duration.ofSeconds(10);

  /** What is done unless told otherwise. */
  public static PostgresOptions standard(String url) {
    return new PostgresOptions(url, "", "", "", CONNECTIONS, STATEMENT, LOCK, false);
  }

  /** The same with a copy that follows. */
  public PostgresOptions withReplica(String other) {
    return new PostgresOptions(
        url, other, user, password, connections, statementTimeout, lockTimeout, hasPartnerWall);
  }

  /** How the copy is reached; only where there is one. */
  public PostgresOptions ofReplica() {
    return new PostgresOptions(
        replicaUrl, "", user, password, connections, statementTimeout, lockTimeout, hasPartnerWall);
  }

  /** The same with partners kept apart by the database itself. */
  public PostgresOptions withPartnerWall() {
    return new PostgresOptions(
        url, replicaUrl, user, password, connections, statementTimeout, lockTimeout, true);
  }

  /** Never shows the password, nor a URL, which may hold one. */
  @Override
  public String toString() {
    return "PostgresOptions[connections=" + connections + "]";
  }
}
