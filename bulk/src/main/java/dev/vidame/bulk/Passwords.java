package dev.vidame.bulk;

import dev.vidame.wire.PasswordProfile;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The passwords of a plan's rows, in the order of the plan: given ones from the source, which must
 * still be what it was, others from the seed. Used by one thread.
 */
final class Passwords implements AutoCloseable {
  private final Plan plan;
  private @Nullable Source source;
  private @Nullable PasswordSeed seed;

  Passwords(Plan plan) {
    this.plan = plan;
  }

  /** The password that a row sets, or null. Rows must come in the plan's order. */
  @Nullable PasswordProfile of(PlanRow row) {
    PlanRow.Password password = row.password();
    return switch (password.source()) {
      case NONE -> null;
      case GIVEN -> new PasswordProfile(given(row), password.forcesChange());
      case GENERATED -> new PasswordProfile(seed().password(row), password.forcesChange());
    };
  }

  private PasswordSeed seed() {
    PasswordSeed known = seed;
    if (known == null) {
      known = PasswordSeed.read(plan.files());
      seed = known;
    }
    return known;
  }

  private String given(PlanRow row) {
    Source open = source;
    if (open == null) {
      SourceOptions options = plan.header().source();
      if (!Files.exists(options.file())
          || !Digests.sha256(options.file(), plan.files().seal())
              .equals(plan.header().sourceDigest())) {
        throw BulkException.data(
            options.file()
                + ", which holds the plan's passwords, is not what it was. Plan again, or bring it"
                + " back as it was.");
      }
      open = Source.open(options, plan.files().seal());
      source = open;
    }
    for (SourceRow.Item item = open.next(); item != null; item = open.next()) {
      if (item instanceof SourceRow.Item.Good(SourceRow found) && found.number() == row.row()) {
        String password = found.password();
        if (password != null) {
          return password;
        }
      }
    }
    throw BulkException.data("The source has no password for row " + row.row() + ".");
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }
}
