package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What agents act with when they act with the pages: an application of their partner that is made
 * when the first of them signs in. Thread-safe. It is in journals and records, as any application
 * is, and an operator who disables it closes the pages to that partner. It has a secret that nobody
 * knows, so nobody else can act with it.
 */
final class OwnApplications {
  private static final String NAME = "Dashboard";

  private final Applications applications;
  private final Supplier<UUID> newIds;

  OwnApplications(Applications applications, Supplier<UUID> newIds) {
    this.applications = applications;
    this.newIds = newIds;
  }

  /** The partner's, whether it is there already or not. */
  static ApplicationId of(PartnerId partner) {
    String name = "vidame dashboard " + partner;
    return new ApplicationId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** Makes the partner's, unless it is there. */
  void require(PartnerId partner) {
    ApplicationId id = of(partner);
    if (applications.get(partner, id).isPresent()) {
      return;
    }
    try {
      var _ =
          applications.create(
              new Application(id, partner, NAME, true),
              ChangeRequest.once(Actor.operator(partner), newIds.get()));
    } catch (DirectoryException e) {
      if (!(e.failure() instanceof Failure.Conflict)) {
        throw e;
      }
      // Somebody else of the partner has signed in for the first time at the same moment.
    }
  }
}
