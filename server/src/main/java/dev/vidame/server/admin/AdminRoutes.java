package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.server.http.Route;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The routes of operators, outside of the compatible surface (wire-spec §0.3, §10 rows 21 and 22).
 * Thread-safe.
 */
public final class AdminRoutes {
  static final String PARTNERS = "/admin/v1/partners";
  static final String PARTNER = PARTNERS + "/{partner}";

  private final Directory directory;
  private final Supplier<UUID> newIds;

  /** Routes over a directory. */
  public AdminRoutes(Directory directory, Supplier<UUID> newIds) {
    this.directory = directory;
    this.newIds = newIds;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return Stream.of(
            new OperatorRoutes(directory.operators()).routes(),
            new PartnerRoutes(directory.partnerRegistry(), newIds).routes(),
            new AgentRoutes(directory, newIds).routes(),
            new ApplicationRoutes(directory, newIds).routes(),
            new ApplicationKeyRoutes(directory, newIds).routes(),
            new IssuerRoutes(directory, newIds).routes(),
            new RelationshipRoutes(directory).routes(),
            new CustomerRoleRoutes(directory).routes(),
            new AccessRoutes(directory).routes(),
            new SkuRoutes(directory).routes())
        .flatMap(List::stream)
        .toList();
  }
}
