package dev.vidame.server.seed;

import dev.vidame.directory.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A file to fill an empty store from: partners, agents, applications, customers, accounts,
 * products, licences and roles with the ids that it gives them. Immutable. {@code docs/seed.md}
 * describes it.
 */
public final class Seed {
  private final Path file;
  private final SeedNode root;

  private Seed(Path file, SeedNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws SeedException when there is none, or it is no JSON
   */
  public static Seed read(Path file) {
    try {
      return new Seed(file, SeedNode.root(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new SeedException(
          "The seed " + file + " cannot be read (" + e + "). Nothing was loaded.");
    } catch (SeedFault fault) {
      throw fault.in(file.toString());
    }
  }

  /**
   * Loads all of it in one transaction, or nothing where the store is no empty one.
   *
   * @param newIds names the requests that the journal's rows will tell
   * @throws SeedException when something in it is not allowed; then nothing was loaded
   */
  public SeedReport loadInto(Directory directory, Supplier<UUID> newIds) {
    try {
      return directory.atomically(inside -> {
        if (!inside.isEmpty()) {
          return new SeedReport(
              false, "The store is not empty, so nothing was loaded from " + file + ".");
        }
        String counts = new SeedLoader(inside, newIds).load(root);
        return new SeedReport(true, "Loaded " + counts + " from " + file + ".");
      });
    } catch (SeedFault fault) {
      throw fault.in(file.toString());
    }
  }
}
