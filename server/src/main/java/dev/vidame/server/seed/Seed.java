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
  private final String file;
  private final SeedNode root;

  private Seed(String file, SeedNode root) {
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
      return of(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new SeedException(
          "The seed " + file + " cannot be read (" + e + "). Nothing was loaded.");
    }
  }

  /**
   * Reads a text.
   *
   * @param name what messages call it
   * @throws SeedException when it is no JSON
   */
  static Seed of(String name, byte[] json) {
    try {
      return new Seed(name, SeedNode.root(json));
    } catch (SeedFault fault) {
      throw fault.in(name);
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
      throw fault.in(file);
    }
  }
}
