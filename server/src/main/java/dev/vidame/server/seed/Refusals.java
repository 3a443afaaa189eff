package dev.vidame.server.seed;

import dev.vidame.directory.Failure;
import dev.vidame.server.http.ApiErrors;

/** Tells what the directory would not do with the place in the file that it is about. */
final class Refusals {
  private Refusals() {}

  static SeedFault fault(SeedNode node, Failure failure) {
    return node.fault(member(node, failure), ApiErrors.inWords(failure));
  }

  /** The member that the failure is about, where the object has it. */
  private static String member(SeedNode node, Failure failure) {
    String property =
        switch (failure) {
          case Failure.Invalid invalid -> invalid.problems().getFirst().property();
          case Failure.Conflict conflict -> conflict.property();
          case Failure.DomainTaken taken -> "domain";
          default -> "";
        };
    String name = property.equals("passwordProfile.password") ? "password" : property;
    int stop = name.indexOf('.');
    String outer = stop < 0 ? name : name.substring(0, stop);
    return node.has(outer) ? outer : "";
  }
}
