package dev.vidame.server.changes;

import dev.vidame.wire.Change;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer's accounts as somebody knows them who has read nothing but its feed. */
final class Rebuilt {
  private final Map<UUID, Map<String, String>> accounts = new TreeMap<>();
  private long lastSeq;

  /** Takes the next change. */
  void apply(Change change) {
    if (change.seq() != lastSeq + 1) {
      throw new AssertionError(change.seq() + " came behind " + lastSeq);
    }
    lastSeq = change.seq();
    if (!change.operation().matches("(user|role|license)\\..*")) {
      return;
    }
    if (change.operation().equals("user.purge")) {
      accounts.remove(change.subject());
      return;
    }
    Map<String, String> account = accounts.computeIfAbsent(change.subject(), id -> new TreeMap<>());
    for (Change.Field field : change.fields()) {
      if (!field.name().startsWith("flag:") && !field.name().equals("password")) {
        set(account, field.name(), field.before(), field.after());
      }
    }
  }

  private static void set(
      Map<String, String> account, String name, @Nullable String before, @Nullable String after) {
    String known = account.get(name);
    boolean isFirst = name.equals("forceChangePassword") && known == null;
    if (!isFirst && !Objects.equals(known, before)) {
      throw new AssertionError(name + " was " + known + " and not " + before);
    }
    if (after == null) {
      account.remove(name);
    } else {
      account.put(name, after);
    }
  }

  long lastSeq() {
    return lastSeq;
  }

  /** What the routes should show of each account. */
  Map<UUID, String> shown() {
    Map<UUID, String> shown = new TreeMap<>();
    accounts.forEach((id, account) -> shown.put(id, shown(account)));
    return shown;
  }

  private static String shown(Map<String, String> account) {
    Map<String, String> properties = new TreeMap<>();
    Map<String, String> licenses = new TreeMap<>();
    TreeSet<String> roles = new TreeSet<>();
    account.forEach((name, value) -> {
      if (name.startsWith("role:")) {
        roles.add(name.substring(5));
      } else if (name.startsWith("license:")) {
        licenses.put(name.substring(8), value);
      } else if (!name.equals("forceChangePassword")) {
        properties.put(name, value);
      }
    });
    String deleted = properties.remove("softDeletionTime");
    if (deleted != null) {
      properties.put(
          "softDeletionTime", Instant.parse(deleted).truncatedTo(ChronoUnit.SECONDS).toString());
      roles.clear();
      licenses.clear();
    }
    return properties + " " + roles + " " + licenses;
  }
}
